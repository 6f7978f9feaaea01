import { describe, expect, test } from "vitest";
import { listHoldsOn } from "@/lib/archive/hold";
import { listRestores } from "@/lib/archive/restore/request";
import { listMarked } from "@/lib/archive/retention/marked";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { listRuns } from "@/lib/runs/queries";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { seedDemo } from "./seed";

testDatabase();
testMongo();
testObjects();

const size = { runs: 8, rowShare: 0.02 };
/** Archiving ten chunks takes its time on a busy machine. */
const patience = 120_000;
const firstPage = { statuses: [], workflowId: null, cursor: null, direction: "older" as const };

async function demoScope(slug = "demo"): Promise<WorkspaceScope> {
  const scope = await scopeForCommand(slug);
  if (!scope) throw new Error(`There is no workspace ${slug}`);
  return scope;
}

async function counts() {
  const store = scoped(await demoScope());
  const kinds = [
    workflowDefinitions,
    workflowDefinitionVersions,
    workflowRuns,
    runTasks,
    artifacts,
    logEntries,
    logMetadata,
  ];
  return Promise.all(kinds.map(async (kind) => [kind.name, await store.collection(kind).countDocuments({})]));
}

describe("the demo's seed", () => {
  test("is refused outside the demo", async () => {
    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: "production" });
    try {
      await expect(seedDemo({ size })).rejects.toMatchObject({ code: "forbidden" });
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
    expect(await scopeForCommand("demo")).toBeNull();
  });

  test(
    "that is interrupted goes on, and in the end every log has exactly the lines that its task counts",
    async () => {
      const interrupt = (line: string) => {
        if (line.startsWith("task logs 9 ") || line === "edge-gateway-2: archive")
          throw new Error(`stopped at ${line}`);
      };
      await expect(seedDemo({ size, onProgress: interrupt })).rejects.toThrow("stopped at task logs 9");
      await expect(
        seedDemo({ size, onProgress: (line) => line.startsWith("edge") && interrupt(line) }),
      ).rejects.toThrow("stopped at edge");
      await seedDemo({ size });

      const store = scoped(await demoScope());
      const logged = await store
        .collection(runTasks)
        .find({ logRef: { $ne: null } }, { sort: { _id: 1 } })
        .toArray();
      expect(logged.length).toBeGreaterThan(20);
      const episodes = await store
        .collection(logMetadata)
        .find({}, { sort: { episodeId: 1 } })
        .toArray();
      const rowsOf = new Map(episodes.map((episode) => [episode.episodeId, Number(episode.totalLogs)]));
      for (const task of logged) {
        expect(rowsOf.get(task.logRef ?? ""), task._id).toBe(task.stdoutCount + task.stderrCount);
      }
      const gateway = episodes.find((episode) => episode.episodeId === "edge-gateway-2");
      expect(gateway).toMatchObject({
        totalLogs: 2_400n,
        currentLogs: 400n,
        archivedLogs: 2_000n,
        totalChunks: 10,
      });
      const migration = episodes.find((episode) => episode.episodeId === "storage-migration-2026-07");
      expect(migration).toMatchObject({ totalLogs: 130n, currentLogs: 0n });
    },
    patience,
  );

  test("that is complete adds nothing, and is passed over at once", async () => {
    const before = await counts();
    const times: number[] = [];
    for (let again = 0; again < 3; again++) {
      const start = performance.now();
      await seedDemo({ size });
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(1_000);
    expect(await counts()).toEqual(before);
  });

  test("shows an archive that people have acted on: held, restored, and partly on its way out", async () => {
    const scope = await demoScope();
    expect(await listHoldsOn(scope, "edge-gateway-2")).toHaveLength(1);
    expect(await listRestores(scope, "edge-gateway-2")).toMatchObject([{ state: "copying", chunks: 1 }]);
    expect(await listMarked(scope)).toMatchObject({
      chunks: 2,
      episodes: [{ episodeId: "storage-migration-2026-07", chunks: 2 }],
    });
  });

  test("leaves runs in the neighbour's workspace and an empty workspace empty", async () => {
    const [demo, neighbour, empty] = await Promise.all(
      ["demo", "harbor", "first-light"].map(
        async (slug) => (await listRuns(await demoScope(slug), firstPage)).runs,
      ),
    );
    expect(demo).toHaveLength(size.runs);
    expect(neighbour?.length).toBeGreaterThan(5);
    expect(empty).toEqual([]);
  });
});
