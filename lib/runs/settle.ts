import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { handedOn, narrowedTo } from "./narrowing";
import { taskStatus } from "./status";

/*
 * What becomes of tasks that wait: queued when all they wait for has succeeded, skipped when some of it never will. A child
 * is read before its upstream tasks and changed only if it is still as it was read, so none is queued on an upstream that was
 * reset in between (I2): whoever resets an upstream task has reset the child before, and with that its fence.
 */

type Waiting = Pick<RunTask, "_id" | "nodeId" | "fence" | "upstreamNodeIds" | "opSeq">;
type Upstream = Pick<RunTask, "nodeId" | "status" | "outputAssetIds">;

const waiting = { status: "pending", hold: null } as const;
const waitingFields = { nodeId: 1, fence: 1, upstreamNodeIds: 1, opSeq: 1 };
/** A join of more than this is looked at by what is open in its run, before all it waits for is read. */
const largeJoin = 100;
const fewOpen = 64;

/** A task that has succeeded and hands on what it was given, as whoever ended it knows it. */
export type Succeeded = Pick<RunTask, "nodeId" | "opSeq">;

/** Decides the tasks that waited for `nodeIds`; for those that are skipped, what waits for them in turn. */
export async function settleAfter(
  scope: WorkspaceScope,
  runId: string,
  nodeIds: string[],
  known?: Succeeded,
): Promise<void> {
  const tasks = scoped(scope).collection(runTasks);
  for (let settled = nodeIds; settled.length > 0; ) {
    const children = await tasks
      .find(
        { workflowRunId: runId, ...waiting, upstreamNodeIds: { $in: settled } },
        { projection: waitingFields, sort: { _id: 1 } },
      )
      .toArray();
    settled = await settleEach(scope, runId, children, known);
  }
}

/** Decides some tasks that wait, whatever they wait for. */
export async function settleTasks(scope: WorkspaceScope, runId: string, taskIds: string[]): Promise<void> {
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { _id: { $in: taskIds }, workflowRunId: runId, ...waiting },
      { projection: waitingFields, sort: { _id: 1 } },
    )
    .toArray();
  await settleAfter(scope, runId, await settleEach(scope, runId, found));
}

/** Decides whatever can be decided in a run. For one that was left between the end of a task and what follows from it. */
export async function settleRun(scope: WorkspaceScope, runId: string): Promise<void> {
  const all = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId },
      { projection: { ...waitingFields, status: 1, hold: 1 }, sort: { nodeId: 1 } },
    )
    .toArray();
  const statusOf = new Map(all.map(({ nodeId, status }) => [nodeId, status]));
  const ripe = all.filter(({ status, hold, upstreamNodeIds }) => {
    if (status !== "pending" || hold !== null) return false;
    const before = upstreamNodeIds.map((nodeId) => statusOf.get(nodeId));
    return (
      before.every((one) => one === "succeeded") || before.some((one) => one !== undefined && isLost(one))
    );
  });
  await settleTasks(
    scope,
    runId,
    ripe.map(({ _id }) => _id),
  );
}

/** Node ids of those that were to be skipped. A fan-out of a thousand is one read and one write. */
async function settleEach(
  scope: WorkspaceScope,
  runId: string,
  children: Waiting[],
  known?: Succeeded,
): Promise<string[]> {
  const [first] = children;
  if (!first) return [];
  if (children.length === 1 && (await isLargeAndOpen(scope, runId, first))) return [];
  const upstream = knownUpstream(children, known) ?? (await readUpstream(scope, runId, children));
  const queued: Waiting[] = [];
  const skipped: { child: Waiting; lost: string[] }[] = [];
  for (const child of children) {
    const before = child.upstreamNodeIds.flatMap((nodeId) => upstream.get(nodeId) ?? []);
    const lost = before.filter(({ status }) => isLost(status)).map(({ nodeId }) => nodeId);
    if (lost.length > 0) skipped.push({ child, lost: lost.sort() });
    else if (
      before.length === child.upstreamNodeIds.length &&
      before.every(({ status }) => status === "succeeded")
    )
      queued.push(child);
  }
  const isNarrowed = ({ upstreamNodeIds }: Waiting) =>
    upstreamNodeIds.some((nodeId) => upstream.get(nodeId)?.outputAssetIds !== undefined);
  for (const alike of groupsOf(queued.filter(isNarrowed), sameUpstream)) {
    const assetIds = await handedOn(scope, runId, alike[0]?.upstreamNodeIds ?? []);
    await change(scope, runId, alike, { ...toQueue, ...narrowedTo(assetIds) });
  }
  for (const alike of groupsOf(
    queued.filter((child) => !isNarrowed(child)),
    ({ fence }) => fence,
  ))
    await change(scope, runId, alike, toQueue);
  for (const alike of groupsOf(skipped, ({ child, lost }) => JSON.stringify([child.fence, lost])))
    await change(
      scope,
      runId,
      alike.map(({ child }) => child),
      {
        status: "skipped",
        skipReason: { $literal: { upstream: alike[0]?.lost ?? [] } },
        finishedAt: "$$NOW",
      },
    );
  return skipped.map(({ child }) => child.nodeId);
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

const sameUpstream = ({ fence, upstreamNodeIds }: Waiting) => JSON.stringify([fence, upstreamNodeIds]);
const toQueue = { status: "queued", queuedAt: "$$NOW" };

/** Tasks that were read under one fence. Each is changed by itself, and only if it is still as it was read. */
async function change(
  scope: WorkspaceScope,
  runId: string,
  alike: Waiting[],
  fields: Record<string, unknown>,
): Promise<void> {
  const [child] = alike;
  if (!child) return;
  const only = alike.length === 1 ? child._id : { $in: alike.map(({ _id }) => _id) };
  await scoped(scope)
    .collection(runTasks)
    .updateMany({ _id: only, workflowRunId: runId, ...waiting, fence: child.fence }, [
      { $set: { ...fields, fence: { $add: ["$fence", 1] }, changedAt: "$$NOW" } },
    ]);
}

/**
 * What children wait for, without reading it, where it is one task alone that is known to have succeeded. That was known before
 * the children were read; but a task is reset after what waits for it, by an operation with a higher number than any it has
 * had. So where no child has had a higher one yet, what is known still holds (I2).
 */
function knownUpstream(
  children: readonly Waiting[],
  known: Succeeded | undefined,
): Map<string, Upstream> | null {
  if (!known) return null;
  const isAllKnown = children.every(
    ({ upstreamNodeIds, opSeq }) =>
      opSeq <= known.opSeq && upstreamNodeIds.every((nodeId) => nodeId === known.nodeId),
  );
  return isAllKnown ? new Map([[known.nodeId, { nodeId: known.nodeId, status: "succeeded" }]]) : null;
}

/** Of the assets that a task hands on only the first is read: whether there are any says whether it narrowed them. */
async function readUpstream(
  scope: WorkspaceScope,
  runId: string,
  children: Waiting[],
): Promise<Map<string, Upstream>> {
  const nodeIds = [...new Set(children.flatMap(({ upstreamNodeIds }) => upstreamNodeIds))];
  if (nodeIds.length === 0) return new Map();
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: runId, nodeId: { $in: nodeIds } },
      { projection: { nodeId: 1, status: 1, outputAssetIds: { $slice: 1 } }, sort: { nodeId: 1 } },
    )
    .toArray();
  return new Map(found.map((task) => [task.nodeId, task]));
}

/**
 * Whether a join of many waits for one that is not over, without reading all it waits for: at the end of each of a thousand
 * tasks that would be a million reads. The one that ends last finds nothing open here and has all of them read.
 */
async function isLargeAndOpen(scope: WorkspaceScope, runId: string, join: Waiting): Promise<boolean> {
  if (join.upstreamNodeIds.length <= largeJoin) return false;
  const upstream = new Set(join.upstreamNodeIds);
  const some = async (statuses: RunTask["status"][]) => {
    const found = await scoped(scope)
      .collection(runTasks)
      .find(
        { workflowRunId: runId, status: { $in: statuses } },
        { projection: { nodeId: 1 }, sort: { status: 1 }, limit: fewOpen },
      )
      .toArray();
    return { among: found.some(({ nodeId }) => upstream.has(nodeId)), all: found.length < fewOpen };
  };
  const lost = await some(["failed", "skipped", "cancelled"]);
  if (lost.among || !lost.all) return false;
  return (await some(["queued", "running"])).among;
}

/** It ended, and what waits for it will never run unless a person retries it. */
function isLost(status: RunTask["status"]): boolean {
  return taskStatus[status].final && status !== "succeeded";
}
