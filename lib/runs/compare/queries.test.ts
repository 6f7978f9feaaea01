import { beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { listChoices } from "@/lib/logs/compare/choices";
import { comparisonChoices } from "@/lib/logs/compare/schema";
import { createRuns } from "@/lib/runs/create";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { comparePairs } from "./pair-templates";
import { compareRuns, listRunChoices } from "./queries";
import { type PairTemplates, pairTemplatesPage, runComparison } from "./schema";
import { matchTasks } from "./tasks";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;

beforeAll(async () => {
  scope = await memberScope("viewer");
});

type Log = readonly string[] | null;

interface Recorded {
  status?: "succeeded" | "failed";
  createdAt?: Date;
  archived?: boolean;
  workflow?: string;
}

/** A run whose tasks start one after the other and say what is given. */
async function record(logs: Record<string, Log>, options: Recorded = {}): Promise<string> {
  const { status = "succeeded", createdAt = new Date(), workflow = "workflow-1" } = options;
  const runId = newEpisodeId("run");
  const tasks = Object.entries(logs).map(([nodeId, log], place) =>
    newTaskOf(runId, nodeId, {
      status: "succeeded",
      startedAt: new Date(createdAt.getTime() + place * 1000),
      logRef: log && `${runId}.${nodeId}`,
    }),
  );
  await createRuns(scope, [newRunOf(runId, tasks, { status, createdAt, workflowDefinitionId: workflow })]);
  for (const [nodeId, log] of Object.entries(logs)) {
    if (!log) continue;
    const episodeId = `${runId}.${nodeId}`;
    const producer = { kind: "run_task", runId, taskId: `${runId}.${nodeId}` } as const;
    const lines = log.map((message) => JSON.stringify({ level: "info", message }));
    await uploadLines(scope, episodeId, lines, { settings: { producer } });
    if (options.archived) await archiveEpisode(scope, episodeId, everything);
  }
  return runId;
}

const says = (seed: number, extra: string[] = []) => [
  ...Array.from({ length: 20 }, (_, index) => `batch ${index * seed} written in ${seed} ms`),
  ...extra,
];

async function allPairs(
  a: string,
  b: string,
  from: WorkspaceScope = scope,
): Promise<Map<string, PairTemplates>> {
  const found = new Map<string, PairTemplates>();
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof comparePairs>> = await comparePairs(from, a, b, after);
    if (!page) throw new Error("One of the runs is not there.");
    expect(pairTemplatesPage.parse(JSON.parse(JSON.stringify(page)))).toEqual(page);
    for (const pair of page.pairs) found.set(pair.key, pair);
    if (page.next === null) return found;
    after = page.next;
  }
}

describe("the logs of two runs", () => {
  test.each([
    ["hot", { archived: false }],
    ["archived", { archived: true }],
  ])("are compared task by task, %s, by what only one of them says", async (_, archived) => {
    const a = await record({ load: says(3), train: says(5, ["CUDA out of memory"]), quiet: null });
    const b = await record(
      { load: says(7), train: says(9, ["all shards are there", "saved"]), report: says(2) },
      archived,
    );
    const compared = await compareRuns(scope, a, b);
    expect(runComparison.parse(JSON.parse(JSON.stringify(compared)))).toEqual(compared);
    expect(compared?.tasks.map(({ key, a: inA, b: inB }) => [key, inA?.rows, inB?.rows])).toEqual([
      ["load", 20, 20],
      ["train", 21, 22],
      ["quiet", 0, undefined],
      ["report", undefined, 20],
    ]);
    expect(compared).toMatchObject({ a: { rows: 41 }, b: { rows: 62 } });
    const pairs = await allPairs(a, b);
    expect(pairs.get("load")).toMatchObject({
      onlyA: { templates: 0 },
      onlyB: { templates: 0 },
      both: { templates: 1, equal: 1 },
      other: 0,
      exact: true,
    });
    expect(pairs.get("train")).toMatchObject({
      onlyA: { templates: 1, rows: 1 },
      onlyB: { templates: 2, rows: 2 },
    });
    expect(pairs.get("report")).toMatchObject({ onlyA: { templates: 0 }, onlyB: { templates: 1, rows: 20 } });
  });

  test("come in as many answers as they need, each task once", async () => {
    const tasks = Array.from({ length: 250 }, (_, index) => `task-${index}`);
    const logs = Object.fromEntries(tasks.map((task) => [task, null]));
    const [a, b] = [await record(logs), await record(logs)];
    const first = await comparePairs(scope, a, b, null);
    expect(first?.pairs).toHaveLength(200);
    expect([...(await allPairs(a, b)).keys()].sort()).toEqual([...tasks].sort());
  });

  test("of another workspace cannot be compared, and are not offered", async () => {
    const [a, b] = [await record({ load: says(3) }), await record({ load: says(4) })];
    const stranger = await memberScope("owner");
    expect(await compareRuns(stranger, a, b)).toBeNull();
    expect(await comparePairs(stranger, a, b, null)).toBeNull();
    expect(await listRunChoices(stranger, a)).toBeNull();
    expect(await listChoices(stranger, `${a}.load`, "")).toBeNull();
  });
});

describe("what to compare with", () => {
  const day = (number: number) => new Date(Date.UTC(2026, 2, number));

  test("begins with the last success before the run, of the same task", async () => {
    const workflow = newEpisodeId("workflow");
    const early = await record({ load: says(1) }, { createdAt: day(1), workflow });
    const before = await record({ load: says(2) }, { createdAt: day(2), workflow });
    await record({ load: says(3) }, { createdAt: day(3), workflow, status: "failed" });
    const run = await record(
      { load: says(4), other: says(4) },
      { createdAt: day(4), workflow, status: "failed" },
    );
    const after = await record({ load: says(5) }, { createdAt: day(5), workflow });
    await record({ load: says(6) }, { createdAt: day(3) });
    expect(await listRunChoices(scope, run)).toMatchObject({ suggested: before });
    expect(await listRunChoices(scope, early)).toMatchObject({ suggested: after });
    const choices = await listChoices(scope, `${run}.load`, "");
    expect(comparisonChoices.parse(JSON.parse(JSON.stringify(choices)))).toEqual(choices);
    expect(choices?.suggested).toBe(`${before}.load`);
    expect(choices?.sameTask).toHaveLength(4);
    expect(choices?.sameTask.map(({ task }) => task?.nodeId)).toEqual(Array(4).fill("load"));
    expect(choices?.episodes.map(({ episodeId }) => episodeId)).not.toContain(`${run}.load`);
  });

  test("is nothing for a log that no task wrote, until somebody names one", async () => {
    const [own, other] = [newEpisodeId("outside"), newEpisodeId("needle")];
    await uploadLines(scope, own, [JSON.stringify({ message: "one" })]);
    await uploadLines(scope, other, [JSON.stringify({ level: "error", message: "two" })]);
    const choices = await listChoices(scope, own, "needle");
    expect(choices).toMatchObject({ sameTask: [], suggested: null });
    expect(choices?.episodes).toMatchObject([{ episodeId: other, rows: 1, failing: 1, task: null }]);
  });
});

describe("tasks of two versions", () => {
  const task = (nodeId: string, nodeName = nodeId) => ({ nodeId, nodeName });

  test("belong together by node, else by a name that each has once", () => {
    const pairs = matchTasks(
      [task("1", "load"), task("2", "train"), task("3", "twin"), task("4", "twin")],
      [task("1", "load"), task("9", "train"), task("7", "twin"), task("8", "twin")],
    );
    expect(pairs.map(({ a, b }) => `${a?.nodeId ?? ""}-${b?.nodeId ?? ""}`)).toEqual([
      "1-1",
      "2-9",
      "3-",
      "4-",
      "-7",
      "-8",
    ]);
  });
});
