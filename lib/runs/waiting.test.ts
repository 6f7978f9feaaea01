import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { claimNext } from "./claim";
import { createRuns } from "./create";
import { getQueuePlace } from "./waiting";
import { reportWorkspaceWorker } from "./workers/report";

testDatabase();
testMongo();

const runId = `run-${randomBytes(6).toString("hex")}`;
const executorType = `executor-${randomBytes(4).toString("hex")}`;
const minute = (past: number) => new Date(Date.UTC(2026, 0, 1, 12, past));
const idOf = (nodeId: string) => `${runId}.${nodeId}`;
let scope: WorkspaceScope;
let stranger: WorkspaceScope;

beforeAll(async () => {
  [scope, stranger] = await Promise.all([memberScope("viewer"), memberScope("viewer")]);
  const queued = (nodeId: string, past: number, priority = 0) =>
    newTaskOf(runId, nodeId, { executorType, priority, queuedAt: minute(past) });
  await createRuns(scope, [
    newRunOf(runId, [
      queued("taken", 0, 9),
      queued("urgent", 5, 1),
      queued("early", 1),
      queued("twin-a", 2),
      queued("twin-b", 2),
      newTaskOf(runId, "elsewhere", { executorType: `${executorType}-2`, queuedAt: minute(0) }),
      newTaskOf(runId, "behind", { executorType, upstreamNodeIds: ["early"] }),
    ]),
  ]);
  await claimNext(scope, { executors: [executorType], workerId: "worker-1" });
});

describe("the place of a task in the queue", () => {
  test("is the order of the claim: the more urgent first, then the earlier", async () => {
    const order = ["urgent", "early", "twin-a", "twin-b"];
    const places = await Promise.all(order.map((nodeId) => getQueuePlace(scope, runId, idOf(nodeId))));
    expect(places.map((place) => place?.ahead)).toEqual([0, 1, 2, 3]);
    const claimed = await claimNext(scope, { executors: [executorType], workerId: "worker-1" });
    expect(claimed?._id).toBe(idOf("urgent"));
  });

  test("says how many the executor is busy with", async () => {
    expect(await getQueuePlace(scope, runId, idOf("twin-b"))).toMatchObject({ running: 2, more: false });
  });

  test("says whether anybody is there who would take it", async () => {
    const place = () => getQueuePlace(scope, runId, idOf("twin-b"));
    expect(await place()).toMatchObject({ workers: 0, slots: 0 });
    const sign = { workerId: "worker-2", executors: [executorType], slots: 4, busy: 0, version: null };
    await reportWorkspaceWorker(scope, sign);
    expect(await place()).toMatchObject({ workers: 1, slots: 4 });
  });

  test("is none for what is not queued, nor for another workspace", async () => {
    expect((await getQueuePlace(scope, runId, idOf("behind")))?.ahead).toBeNull();
    expect(await getQueuePlace(stranger, runId, idOf("early"))).toBeNull();
    expect(await getQueuePlace(scope, "another-run", idOf("early"))).toBeNull();
  });
});
