import "server-only";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { type RunTask, runTaskAttempts } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { World } from "../../world";
import { brokenArtifacts } from "../artifact-rules";
import { brokenAtRest, brokenNow, isAtRest } from "../run-rules";
import { readRuns, readTasks } from "../seen";
import type { Fleet } from "./fleet";

/** Waits for the end of these runs, then proves that nothing was lost, doubled or left. */
export async function checkRuns(world: World, fleet: Fleet, runIds: string[]): Promise<void> {
  const { scope } = world;
  await fleet.until(async () => {
    const runs = await readRuns(scope, runIds);
    const tasks = [...(await readTasks(scope, runIds)).values()];
    return runIds.every((runId) => {
      const run = runs.get(runId);
      return (
        run !== undefined &&
        isAtRest(
          run,
          tasks.filter((task) => task.workflowRunId === runId),
        )
      );
    });
  });
  const runs = await readRuns(scope, runIds);
  const all = [...(await readTasks(scope, runIds)).values()];
  for (const runId of runIds) {
    const run = runs.get(runId);
    const tasks = all.filter((task) => task.workflowRunId === runId);
    const broken = [
      ...brokenNow(run, tasks),
      ...(run && isAtRest(run, tasks) ? brokenAtRest(run, tasks) : []),
    ];
    for (const [invariant, evidence] of broken) world.violate(invariant, `${runId}: ${evidence}`);
    if (!run || !isAtRest(run, tasks))
      world.violate("I6", `${runId}: no end: ${stateOf(run, tasks)}\n${fleet.said}`);
  }
  for (const [invariant, evidence] of await brokenArtifacts(scope, all)) world.violate(invariant, evidence);
  for (const task of all) await checkDeliveries(world, task);
}

/**
 * I1: an end was accepted under the last fence of its task, and a task was given out again only after its lease was lost, or a
 * person had it run again. Every delivery that came to work has left the first line of its log, so it is counted by that too.
 */
async function checkDeliveries(world: World, task: RunTask): Promise<void> {
  const { _id, nodeId, status, completedFence, fence, deliveries, stalls } = task;
  const done = status === "succeeded" || (status === "failed" && completedFence !== undefined);
  world.assume(
    !done || completedFence === fence - 1,
    "I1",
    () => `${nodeId} is ${status} at fence ${fence}, its end was accepted under ${completedFence}.`,
  );
  const attempts = await scoped(world.scope)
    .collection(runTaskAttempts)
    .find({ taskId: _id }, { projection: { deliveries: 1, logRef: 1, fence: 1 }, sort: { fence: 1 } })
    .toArray();
  const before = attempts.at(-1)?.deliveries ?? 0;
  world.assume(
    deliveries - before <= 1 + stalls,
    "I1",
    () => `${nodeId} was given out ${deliveries - before} times in this attempt, and lost ${stalls} times.`,
  );
  if (task.logRef === null) return;
  const begun = await scoped(world.scope)
    .collection(logEntries)
    .countDocuments({ episodeId: task.logRef, message: { $regex: "^Attempt \\d+ on " } });
  world.assume(
    begun <= deliveries,
    "I1",
    () => `${nodeId} was begun ${begun} times and given out ${deliveries} times.`,
  );
}

function stateOf(run: { status: string; control: unknown } | undefined, tasks: RunTask[]): string {
  const each = tasks.map(
    ({ nodeId, status, hold, workerId }) => `${nodeId} ${status} ${hold ?? ""} ${workerId ?? ""}`,
  );
  return `${run?.status}, ${JSON.stringify(run?.control)}, ${each.join("; ")}`;
}
