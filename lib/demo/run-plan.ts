import { failureOf } from "@/lib/replay/failures";
import type { TaskStatus } from "@/lib/runs/status";
import type { Random } from "@/lib/seeded-random";
import type { DemoNode } from "./workflow-graph";

/** How a run of the demo goes. */
export type Outcome = "succeeded" | "failed" | "cancelled" | "running" | "queued";

/** A task of a planned run; times in milliseconds after the run was made. */
export interface PlannedTask {
  node: DemoNode;
  status: TaskStatus;
  queuedAt: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  cacheHit: boolean;
  errorMessage: string | null;
  /** Upstream tasks that kept a skipped one from running. */
  blockedBy: string[];
}

export interface PlannedRun {
  tasks: PlannedTask[];
  startedAt: number | null;
  finishedAt: number | null;
}

const cacheable = new Set(["download", "index", "trim", "encode", "split", "load"]);
/** Whether its result depends on nothing but its inputs, which the runs of a demo workflow share. */
export const isCacheable = ({ nodeType }: DemoNode) => cacheable.has(nodeType);
const graceMs = 8_000;

/**
 * Plays a run of `nodes` (in an order in which they can run). `lasted` is how long ago it was made: a run that is still
 * going is cut there. What cannot run any more is skipped at once, as the platform does it.
 */
export function planRun(nodes: DemoNode[], outcome: Outcome, lasted: number, random: Random): PlannedRun {
  if (outcome === "queued") return { tasks: nodes.map(waiting), startedAt: null, finishedAt: null };
  const played = play(nodes, outcome === "failed" ? victimsOf(nodes, random) : new Set(), random);
  const end = Math.max(...played.map((task) => task.finishedAt ?? 0));
  if (outcome === "running") {
    return { tasks: played.map((task) => seenAt(task, lasted, played)), startedAt: 0, finishedAt: null };
  }
  if (outcome !== "cancelled") return { tasks: played, startedAt: 0, finishedAt: end };
  const at = Math.round(end * random.between(0.2, 0.7));
  const tasks = played.map((task) => cancelledAt(task, at, random));
  return { tasks, startedAt: 0, finishedAt: Math.max(...tasks.map((task) => task.finishedAt ?? 0)) };
}

function play(nodes: DemoNode[], victims: Set<string>, random: Random): PlannedTask[] {
  const done = new Map<string, PlannedTask>();
  const pace = random.between(0.85, 1.2);
  const cached = random.chance(0.15);
  return nodes.map((node) => {
    const upstream = node.upstreamNodeIds.flatMap((id) => done.get(id) ?? []);
    const ready = Math.max(0, ...upstream.map((task) => task.finishedAt ?? 0));
    const blockers = upstream.filter((task) => task.status !== "succeeded");
    const task =
      blockers.length > 0
        ? skipped(node, blockers)
        : executed(node, ready, { fails: victims.has(node.id), cached, pace }, random);
    done.set(node.id, task);
    return task;
  });
}

interface Conditions {
  fails: boolean;
  cached: boolean;
  pace: number;
}

function executed(
  node: DemoNode,
  ready: number,
  { fails, cached, pace }: Conditions,
  random: Random,
): PlannedTask {
  const cacheHit = !fails && cached && isCacheable(node);
  const [low, high] = node.seconds;
  const share = fails ? random.between(0.1, 0.9) : 1;
  const seconds = cacheHit ? random.between(0.2, 0.9) : random.between(low, high) * pace * share;
  const startedAt = Math.round(ready + random.between(300, 6_000));
  return {
    node,
    status: fails ? "failed" : "succeeded",
    queuedAt: ready,
    startedAt,
    finishedAt: Math.round(startedAt + seconds * 1_000),
    cacheHit,
    errorMessage: fails ? failureOf(node.nodeType, random) : null,
    blockedBy: [],
  };
}

function skipped(node: DemoNode, blockers: PlannedTask[]): PlannedTask {
  const finishedAt = Math.max(...blockers.map((task) => task.finishedAt ?? 0));
  return {
    ...untouched(node),
    status: "skipped",
    finishedAt,
    blockedBy: blockers.map((task) => task.node.id),
  };
}

/** One task, or now and then a few of its kind, neither first nor last if the graph has others. */
function victimsOf(nodes: DemoNode[], random: Random): Set<string> {
  const inner = nodes.filter((node) => node.upstreamNodeIds.length > 0);
  const first = inner[random.whole(0, Math.max(0, inner.length - 2))] ?? nodes[0];
  if (!first) return new Set();
  const kin = inner.filter((node) => node.nodeType === first.nodeType && node.id !== first.id);
  const more = random.chance(0.3) ? kin.slice(0, random.whole(1, 2)) : [];
  return new Set([first, ...more].map((node) => node.id));
}

function waiting(node: DemoNode): PlannedTask {
  return node.upstreamNodeIds.length === 0
    ? { ...untouched(node), status: "queued", queuedAt: 0 }
    : untouched(node);
}

function seenAt(task: PlannedTask, now: number, played: PlannedTask[]): PlannedTask {
  if (task.finishedAt !== null && task.finishedAt <= now) return task;
  if (task.startedAt !== null && task.startedAt <= now) {
    return { ...task, status: "running", finishedAt: null, errorMessage: null };
  }
  const upstream = new Set(task.node.upstreamNodeIds);
  const ready = played.every(
    (other) => !upstream.has(other.node.id) || (other.finishedAt !== null && other.finishedAt <= now),
  );
  return ready
    ? { ...untouched(task.node), status: "queued", queuedAt: task.queuedAt }
    : untouched(task.node);
}

function cancelledAt(task: PlannedTask, at: number, random: Random): PlannedTask {
  if (task.finishedAt !== null && task.finishedAt <= at) return task;
  const started = task.startedAt !== null && task.startedAt <= at;
  return {
    ...(started ? task : untouched(task.node)),
    status: "cancelled",
    finishedAt: started ? at + Math.round(random.between(500, graceMs)) : at,
    errorMessage: null,
    blockedBy: [],
  };
}

function untouched(node: DemoNode): PlannedTask {
  return {
    node,
    status: "pending",
    queuedAt: null,
    startedAt: null,
    finishedAt: null,
    cacheHit: false,
    errorMessage: null,
    blockedBy: [],
  };
}
