import type { NodeHistory } from "./history-schema";
import type { TaskRow } from "./schema";

type Timed = Pick<TaskRow, "nodeId" | "status" | "upstreamNodeIds" | "startedAt">;

/** When a run will be over, and what that is made of. */
export interface Eta {
  /** Along the longest chain of what is not over, each with the median of its past. A free worker is taken for granted. */
  remainingMs: number;
  /** The chain, first task first. */
  chain: { nodeId: string; remainingMs: number }[];
  /** Tasks that are not over and were never seen to succeed: the run takes at least as long as the rest. */
  unknown: number;
  /** Tasks that have run longer than nine of ten before them: nothing is added for them any more. */
  overdue: string[];
  /** Runs that the figures come from: the most that any of them has. */
  runs: number;
}

/** Null when nothing is left to be done, or nothing of what is left has a past. */
export function etaOf(
  tasks: readonly Timed[],
  history: Readonly<Record<string, NodeHistory>>,
  asOfMs: number,
): Eta | null {
  const open = tasks.filter(({ status }) => isOpen(status));
  const known = open.filter(({ nodeId }) => history[nodeId] !== undefined);
  if (known.length === 0) return null;
  const left = new Map<string, number>();
  const overdue: string[] = [];
  for (const task of open) {
    const past = history[task.nodeId];
    const remaining = past ? remainingOf(task, past, asOfMs) : 0;
    left.set(task.nodeId, remaining ?? 0);
    if (remaining === null) overdue.push(task.nodeId);
  }
  const chain = longestChain(open, (nodeId) => left.get(nodeId) ?? 0);
  return {
    remainingMs: chain.reduce((sum, { remainingMs }) => sum + remainingMs, 0),
    chain,
    unknown: open.length - known.length,
    overdue,
    runs: Math.max(...known.map(({ nodeId }) => history[nodeId]?.runs ?? 0)),
  };
}

/**
 * The chain of tasks that takes longest, each after the one before it. What a task waits for and is not among them counts as
 * done. In a graph that is none (a cycle) the tasks of the cycle count for nothing.
 */
export function longestChain(
  tasks: readonly Pick<Timed, "nodeId" | "upstreamNodeIds">[],
  remainingOf: (nodeId: string) => number,
): { nodeId: string; remainingMs: number }[] {
  const here = new Map(tasks.map((task) => [task.nodeId, task]));
  const waitsFor = new Map<string, number>();
  const behind = new Map<string, string[]>();
  for (const { nodeId, upstreamNodeIds } of tasks) {
    const open = upstreamNodeIds.filter((upstream) => here.has(upstream));
    waitsFor.set(nodeId, open.length);
    for (const upstream of open) behind.set(upstream, [...(behind.get(upstream) ?? []), nodeId]);
  }
  const endsAt = new Map<string, number>();
  const before = new Map<string, string>();
  const ready = tasks.filter(({ nodeId }) => waitsFor.get(nodeId) === 0).map(({ nodeId }) => nodeId);
  let last: string | undefined;
  // `ready` grows while it is walked: each task once, after all it waits for.
  for (const nodeId of ready) {
    const startsAt = endsAt.get(before.get(nodeId) ?? "") ?? 0;
    const end = startsAt + remainingOf(nodeId);
    endsAt.set(nodeId, end);
    if (last === undefined || end > (endsAt.get(last) ?? 0)) last = nodeId;
    for (const next of behind.get(nodeId) ?? []) {
      const latest = before.get(next);
      if (latest === undefined || end > (endsAt.get(latest) ?? 0)) before.set(next, nodeId);
      const open = (waitsFor.get(next) ?? 1) - 1;
      waitsFor.set(next, open);
      if (open === 0) ready.push(next);
    }
  }
  const chain: { nodeId: string; remainingMs: number }[] = [];
  for (let nodeId = last; nodeId !== undefined; nodeId = before.get(nodeId)) {
    chain.unshift({ nodeId, remainingMs: remainingOf(nodeId) });
  }
  return chain;
}

/** Null when nobody can say any more: it has run longer than nine of ten before it. */
function remainingOf(task: Timed, past: NodeHistory, asOfMs: number): number | null {
  if (task.status !== "running" || task.startedAt === null) return past.p50Ms;
  const ran = Math.max(0, asOfMs - Date.parse(task.startedAt));
  if (ran <= past.p50Ms) return past.p50Ms - ran;
  return ran <= past.p90Ms ? past.p90Ms - ran : null;
}

function isOpen(status: TaskRow["status"]): boolean {
  return status === "pending" || status === "queued" || status === "running";
}
