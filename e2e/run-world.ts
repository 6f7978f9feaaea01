import { randomBytes, randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import type { NewRun, NewTask } from "@/lib/runs/create";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import type { Workspace } from "./people";

/* A run whose tasks write the streams of a test: no door of the product says that an outside sender writes for a task. */

const mongo = new MongoClient(required("MONGODB_URI"), { promoteLongs: true });
const collection = (name: string) => mongo.db(required("MONGODB_DATABASE")).collection<{ _id: string }>(name);

export function closeRunWorld(): Promise<void> {
  return mongo.close();
}

/** A finished run with one task for each stream; the streams become those of its tasks. */
export async function makeRunOf({ id: workspaceId }: Workspace, streams: string[]): Promise<string> {
  const runId = `run-${randomBytes(12).toString("hex")}`;
  const now = new Date();
  const times = { startedAt: now, finishedAt: now, durationMs: 1 };
  const tasks = streams.map((stream) =>
    newTaskOf(runId, stream, { status: "succeeded", logRef: stream, ...times }),
  );
  const { run } = newRunOf(runId, tasks, { status: "succeeded", workflowName: "three-steps", ...times });
  const held = <T extends object>(document: T) => ({ ...document, workspaceId, hold: null });
  await collection("run_tasks").insertMany(tasks.map(held));
  const { control, ...rest } = run;
  await collection("workflow_runs").insertOne({ ...rest, control, workspaceId } as { _id: string });
  for (const { _id: taskId, logRef } of tasks) {
    await collection("LogMetadata").updateOne(
      { workspaceId, episodeId: logRef },
      { $set: { producer: { kind: "run_task", runId, taskId }, ended: true } },
    );
  }
  return runId;
}

/** A node of a run that the console's own worker works on. */
export interface BuiltinNode {
  id: string;
  type: "sleep" | "log" | "fail";
  config: Record<string, unknown>;
  after?: string[];
}

/** A run that is still to be done: the worker of this test run takes it up. */
export async function makeBuiltinRun(workspace: Workspace, nodes: BuiltinNode[]): Promise<string> {
  const runId = `run-${randomBytes(12).toString("hex")}`;
  const tasks = nodes.map(({ id, type, config, after = [] }) =>
    newTaskOf(runId, id, {
      nodeType: type,
      nodeDefinitionId: `builtin:${type}`,
      executorType: "builtin",
      executorConfig: config,
      upstreamNodeIds: after,
      queuedAt: after.length === 0 ? new Date() : null,
    }),
  );
  await storeRun(workspace, runId, tasks, { workflowName: "builtin-steps" });
  return runId;
}

/** A run that is over, as its tasks say. */
export async function makePastRun(
  workspace: Workspace,
  tasks: (Partial<NewTask> & { nodeId: string })[],
): Promise<string> {
  const runId = `run-${randomBytes(12).toString("hex")}`;
  const now = Date.now();
  const times = { startedAt: new Date(now - 60_000), finishedAt: new Date(now - 50_000), durationMs: 10_000 };
  const made = tasks.map(({ nodeId, ...values }) =>
    newTaskOf(runId, nodeId, { ...(values.status === "skipped" ? {} : times), ...values }),
  );
  const status = made.some((task) => task.status === "failed") ? "failed" : "succeeded";
  await storeRun(workspace, runId, made, { workflowName: "past-steps", status, ...times });
  return runId;
}

/** The tasks first and the run last, as the product has it: a run that is seen is whole. */
async function storeRun(
  { id: workspaceId }: Workspace,
  runId: string,
  tasks: NewTask[],
  values: Partial<NewRun>,
): Promise<void> {
  const { run } = newRunOf(runId, tasks, values);
  await collection("run_tasks").insertMany(tasks.map((task) => ({ ...task, workspaceId, hold: "init" })));
  const held = { ...run, workspaceId };
  await collection("workflow_runs").insertOne(held);
  await collection("run_tasks").updateMany({ workflowRunId: runId }, { $set: { hold: null } });
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`npm test\` starts the stores and sets it.`);
  return value;
}

/** A run that waits for workers: the nodes as `newTaskOf` takes them, by id. */
export async function makeWaitingRun(
  { id: workspaceId }: Workspace,
  nodes: Record<string, Partial<NewTask>>,
): Promise<{ runId: string; taskId: (nodeId: string) => string }> {
  const runId = `run-${randomBytes(12).toString("hex")}`;
  const tasks = Object.entries(nodes).map(([nodeId, values]) =>
    newTaskOf(runId, nodeId, { queuedAt: new Date(), ...values }),
  );
  const { run } = newRunOf(runId, tasks, { workflowName: "waits-for-workers" });
  await collection("run_tasks").insertMany(tasks.map((task) => ({ ...task, workspaceId, hold: null })));
  await collection("workflow_runs").insertOne({ ...run, workspaceId } as { _id: string });
  return { runId, taskId: (nodeId) => `${runId}.${nodeId}` };
}

/** As if its worker had not been heard of for long: a lease of the past. */
export async function outliveLease(taskId: string): Promise<void> {
  const past = new Date(Date.now() - 60_000);
  await collection("run_tasks").updateOne(
    { _id: taskId },
    { $set: { leaseExpiresAt: past, heartbeatAt: past } },
  );
}

export async function storedTask(taskId: string): Promise<Record<string, unknown>> {
  const task = await collection("run_tasks").findOne({ _id: taskId });
  if (!task) throw new Error(`There is no task ${taskId}`);
  return task;
}

/** A run that is over, as it would stand in the store: its tasks by node id, and what of the run a journey is about. */
export async function makeFinishedRun(
  { id: workspaceId }: Workspace,
  nodes: Record<string, Partial<NewTask>>,
  values: Partial<NewRun>,
): Promise<string> {
  const runId = `run-${randomBytes(12).toString("hex")}`;
  const tasks = Object.entries(nodes).map(([nodeId, task]) => newTaskOf(runId, nodeId, task));
  const failedTaskIds = tasks.filter(({ status }) => status === "failed").map(({ _id }) => _id);
  const { run } = newRunOf(runId, tasks, { failedTaskIds, ...values });
  await collection("run_tasks").insertMany(tasks.map((task) => ({ ...task, workspaceId, hold: null })));
  await collection("workflow_runs").insertOne({ ...run, workspaceId } as { _id: string });
  return runId;
}

/** A job that cancels these runs, the first of them done, held by a worker that never says anything again. */
export async function makeHeldBulkJob(workspace: Workspace, runIds: string[]): Promise<string> {
  const jobId = randomUUID();
  const now = new Date();
  const items = runIds.map((runId, index) => ({
    _id: `${jobId}:${runId}`,
    workspaceId: workspace.id,
    jobId,
    runId,
    workflowName: "held-flow",
    runCreatedAt: new Date(now.getTime() - index * 1000),
    state: index === 0 ? "acted" : "waiting",
    opSeq: index === 0 ? 0 : null,
    message: null,
    newRunId: null,
    at: index === 0 ? now : null,
  }));
  await collection("bulk_job_items").insertMany(items);
  const waiting = runIds.length - 1;
  const job = {
    _id: jobId,
    workspaceId: workspace.id,
    kind: "cancel",
    filter: null,
    runIds,
    frozenAt: now,
    requestedBy: workspace.owner.userId,
    expectedCount: runIds.length,
    state: "acting",
    cursor: null,
    itemCount: runIds.length,
    counts: { waiting, begun: 0, acted: 1, over: 0, refused: 0, failed: 0, left: 0 },
    leaseSeq: 1,
    leaseExpiresAt: new Date(now.getTime() + 3_600_000),
    abortRequestedAt: null,
    abortRequestedBy: null,
    message: null,
    startedAt: now,
    finishedAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await collection("bulk_jobs").insertOne(job);
  return jobId;
}

/** The worker that held the job is given up: another may take it. */
export async function loseBulkWorker(jobId: string): Promise<void> {
  await collection("bulk_jobs").updateOne(
    { _id: jobId },
    { $set: { leaseExpiresAt: new Date(Date.now() - 60_000) } },
  );
}

export async function statusOfRun(runId: string): Promise<unknown> {
  const run = await collection("workflow_runs").findOne({ _id: runId }, { projection: { status: 1 } });
  if (!run) throw new Error(`There is no run ${runId}`);
  return "status" in run ? run.status : undefined;
}
