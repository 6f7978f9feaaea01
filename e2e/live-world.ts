import { randomBytes } from "node:crypto";
import { MongoClient } from "mongodb";
import { countTasks, deriveStatus } from "@/lib/runs/derive-status";
import { runStatus, type TaskStatus } from "@/lib/runs/status";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import type { Workspace } from "./people";

/* Runs whose tasks move when a journey moves them, and never by themselves. */

const mongo = new MongoClient(required("MONGODB_URI"), { promoteLongs: true });
const collection = (name: string) => mongo.db(required("MONGODB_DATABASE")).collection<{ _id: string }>(name);

export function closeLiveWorld(): Promise<void> {
  return mongo.close();
}

/**
 * A run that goes on, on tasks that no worker of the test serves: a node for each key, and what it waits for. Tasks move when
 * a journey moves them.
 */
export async function makeGoingRun(
  { id: workspaceId }: Workspace,
  waitsFor: Record<string, string[]>,
): Promise<string> {
  const runId = `run-${randomBytes(12).toString("hex")}`;
  const now = new Date();
  const tasks = Object.entries(waitsFor).map(([nodeId, upstreamNodeIds]) =>
    newTaskOf(runId, nodeId, {
      upstreamNodeIds,
      executorType: "by-hand",
      queuedAt: upstreamNodeIds.length === 0 ? now : null,
    }),
  );
  const { run } = newRunOf(runId, tasks, { status: "running", workflowName: "by-hand", startedAt: now });
  await collection("run_tasks").insertMany(
    tasks.map((task) => ({ ...task, workspaceId, hold: null, changedAt: now })),
  );
  await collection("workflow_runs").insertOne(Object.assign(run, { workspaceId }));
  return runId;
}

/** Moves a task as the engine does: a new fence, the time of the database, then the figures of its run. */
export async function moveTask(
  runId: string,
  nodeId: string,
  status: "running" | "succeeded" | "failed",
): Promise<void> {
  const time = status === "running" ? "startedAt" : "finishedAt";
  await collection("run_tasks").updateOne({ _id: `${runId}.${nodeId}` }, [
    {
      $set: {
        status,
        fence: { $add: ["$fence", 1] },
        changedAt: "$$NOW",
        [time]: "$$NOW",
        // Far away: a lease that nobody keeps would be taken back.
        leaseExpiresAt:
          status === "running" ? { $dateAdd: { startDate: "$$NOW", unit: "hour", amount: 1 } } : null,
        errorMessage: status === "failed" ? "It was told to fail." : null,
      },
    },
  ]);
  const tasks = await mongo
    .db(required("MONGODB_DATABASE"))
    .collection<{ status: TaskStatus }>("run_tasks")
    .find({ workflowRunId: runId }, { projection: { status: 1 } })
    .toArray();
  const counts = countTasks(tasks);
  const runIs = deriveStatus(counts, { status: "running", control: null, cancelRequestedAt: null });
  await collection("workflow_runs").updateOne({ _id: runId }, [
    {
      $set: {
        taskCounts: { $literal: counts },
        status: runIs,
        finishedAt: runStatus[runIs].final ? "$$NOW" : null,
        aggSeq: { $add: ["$aggSeq", 1] },
        updatedAt: "$$NOW",
      },
    },
  ]);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`npm test\` starts the stores and sets it.`);
  return value;
}
