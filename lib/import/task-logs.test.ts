import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { getEpisode } from "@/lib/logs/queries";
import { createRuns } from "@/lib/runs/create";
import { listRunTasks } from "@/lib/runs/queries";
import { testDatabase } from "@/lib/testing/database";
import { messagesOf, newEpisodeId, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { runImport } from "./cli";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
let folder = "";
beforeAll(async () => {
  scope = await memberScope("owner");
  folder = await mkdtemp(join(tmpdir(), "strata-task-logs-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

async function run(...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  vi.spyOn(process, "cwd").mockReturnValue(folder);
  vi.spyOn(console, "log").mockImplementation((line) => out.push(line));
  vi.spyOn(console, "error").mockImplementation((line) => errors.push(line));
  return { status: await runImport([...args, "--workspace", scope.workspaceSlug]), out, errors };
}

async function newRun(): Promise<string> {
  const runId = newEpisodeId("run");
  const values = { status: "succeeded" } as const;
  const tasks = ["split", "work.1", "odd name"].map((nodeId) => newTaskOf(runId, nodeId, values));
  await createRuns(scope, [newRunOf(runId, tasks, { status: "succeeded" })]);
  return runId;
}

const linesOf = (task: string, count: number) =>
  Array.from({ length: count }, (_, index) => JSON.stringify({ task, message: `${task} line ${index}` }));

/** One line of each in turn, as tasks that run at once write them. */
function mixed(...logs: string[][]): string {
  const longest = Math.max(...logs.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => logs.flatMap((lines) => lines[index] ?? []))
    .flat()
    .join("\n");
}

test("a file of lines of many tasks becomes a log of each, and importing it again adds nothing", async () => {
  const runId = await newRun();
  const path = join(folder, "tasks.ndjson");
  await writeFile(path, mixed(linesOf("split", 5), linesOf("work.1", 1200), linesOf("odd name", 3)));
  for (const _ of ["first", "second"]) {
    expect(await run("task-logs", path, "--run", runId)).toEqual({
      status: 0,
      out: ["accepted 1208 rows of 3 tasks, rejected 0"],
      errors: [],
    });
  }
  const tasks = await listRunTasks(scope, runId);
  for (const [nodeId, count] of [
    ["split", 5],
    ["work.1", 1200],
    ["odd name", 3],
  ] as const) {
    const task = tasks.find((found) => found.nodeId === nodeId);
    const episodeId = task?.logRef ?? "";
    expect(await getEpisode(scope, episodeId)).toMatchObject({
      total: count,
      ended: true,
      producer: { kind: "run_task", runId, taskId: task?.id },
    });
    const messages = messagesOf(await walkEpisode(scope, episodeId));
    expect(messages).toEqual(Array.from({ length: count }, (_, index) => `${nodeId} line ${index}`));
  }
});

test("lines of no task of the run are named and kept beside, the others are stored", async () => {
  const runId = await newRun();
  const path = join(folder, "some.ndjson");
  const lines = [...linesOf("split", 1), '{"message":"whose?"}', ...linesOf("elsewhere", 1), "{broken"];
  await writeFile(path, lines.join("\n"));
  const { status, out, errors } = await run("task-logs", path, "--run", runId);
  expect(status).toBe(1);
  expect(out).toEqual(["accepted 1 rows of 1 tasks, rejected 3"]);
  expect(errors[0]).toContain("line 2: no task is named");
});

test("a run of another workspace is none", async () => {
  const runId = await newRun();
  const path = join(folder, "foreign.ndjson");
  await writeFile(path, mixed(linesOf("split", 1)));
  scope = await memberScope("owner");
  const { status, errors } = await run("task-logs", path, "--run", runId);
  expect(status).toBe(1);
  expect(errors).toEqual([`--run ${runId}: there is no such run.`]);
});
