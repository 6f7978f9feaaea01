import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { aggregateRun } from "@/lib/runs/aggregate";
import { retryTasks } from "@/lib/runs/control/retry-tasks";
import type { Bench, Figure, Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { fanOutOf, layersOf, makeRun, type Shape } from "./world";

const rounds = 5;
const shapes = [
  { name: "retry, 1,000 behind it", shape: fanOutOf(1_000) },
  { name: "retry, 10 levels of 100 behind it", shape: layersOf(10, 100) },
] as const;

/**
 * A node with a thousand descendants that have all succeeded is retried: judged, reset level by level, its attempts put away, let
 * go, queued, counted. The baseline is one raw updateMany that changes the same fields of as many tasks, and keeps nothing.
 */
export const goal: Goal = {
  id: "P11",
  title: "retry of a node with 1,000 descendants against one raw updateMany",
  async run(bench) {
    const figures: Figure[] = [];
    for (const { name, shape } of shapes) figures.push(await compare(bench, name, shape));
    return figures;
  },
};

async function compare(bench: Bench, name: string, shape: Shape): Promise<Figure> {
  const scope = await bench.workspace();
  const ours: number[] = [];
  const baseline: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    bench.signal.throwIfAborted();
    bench.note(`P11: ${name}, ${round + 1} of ${rounds + 1}`);
    const runId = await finishedRun(scope, shape);
    const root = await rootOf(scope, runId);
    const retry = await timed(() => retryTasks(scope, runId, [root]));
    if (!retry.value.ok) throw new Error(retry.value.message);
    const other = await finishedRun(scope, shape);
    const raw = await timed(() => resetRaw(bench, other));
    if (round === 0) continue;
    ours.push(retry.ms);
    baseline.push(raw.ms);
  }
  const [oursMs, rawMs] = [median(ours), median(baseline)];
  return {
    id: "P11",
    name,
    value: oursMs / rawMs,
    unit: "x",
    goal: { atMost: 8 },
    ours: milliseconds(oursMs),
    baseline: `${milliseconds(rawMs)} for ${shape.size.toLocaleString("en")} tasks`,
  };
}

/** As its workers left it: every task has a story that the retry must keep. */
async function finishedRun(scope: WorkspaceScope, shape: Shape): Promise<string> {
  const { runId } = await makeRun(scope, shape);
  const now = new Date();
  await scoped(scope)
    .collection(runTasks)
    .updateMany(
      { workflowRunId: runId },
      {
        $set: {
          status: "succeeded",
          fence: 2,
          workerId: "bench-worker",
          logRef: `${runId}.log`,
          queuedAt: now,
          startedAt: now,
          finishedAt: now,
          durationMs: 1,
          stdoutCount: 3,
        },
      },
    );
  await aggregateRun(scope, runId);
  return runId;
}

async function rootOf(scope: WorkspaceScope, runId: string): Promise<string> {
  const root = await scoped(scope)
    .collection(runTasks)
    .findOne({ workflowRunId: runId, nodeId: "root" }, { projection: { _id: 1 } });
  if (!root) throw new Error("The run has no root.");
  return root._id;
}

async function resetRaw({ mongo }: Bench, runId: string): Promise<void> {
  await mongo.collection(runTasks.name).updateMany({ workflowRunId: runId }, [
    {
      $set: {
        status: "pending",
        fence: { $add: ["$fence", 1] },
        attempt: { $add: ["$attempt", 1] },
        workerId: null,
        logRef: null,
        queuedAt: null,
        startedAt: null,
        finishedAt: null,
        durationMs: null,
        stdoutCount: 0,
        changedAt: "$$NOW",
      },
    },
  ]);
}
