import { taskStatus } from "../status";
import type { Reset } from "./affected";
import type { Refused } from "./refusal";

/** What keeps these tasks from being run again, or null. It names the task in the way and what to do about it. */
export function whyNotRetry(
  { byNode, chosen, levels }: Reset,
  targets: readonly string[],
  force: boolean,
): Refused | null {
  if (targets.length === 0)
    return { ok: false, code: "bad_input", message: "No task is there to be retried." };
  if (chosen.length !== targets.length)
    return { ok: false, code: "not_found", message: "There is no such task in this run." };
  const unfinished = chosen.find(({ status }) => !taskStatus[status].final);
  if (unfinished)
    return conflict(
      `${unfinished.nodeName} is ${unfinished.status}: only a task that is over can be retried.`,
    );
  const touched = new Set(levels.flatMap((level) => level.map(({ nodeId }) => nodeId)));
  const blocking = chosen
    .flatMap(({ upstreamNodeIds }) => upstreamNodeIds)
    .map((nodeId) => byNode.get(nodeId))
    .find((task) => task && task.status !== "succeeded" && !touched.has(task.nodeId));
  if (blocking)
    return conflict(
      `${blocking.nodeName}, which comes before, is ${blocking.status}. Retry that one: what comes behind it runs again too.`,
    );
  const running = levels.flat().filter(({ status }) => status === "running");
  const [first] = running;
  if (force || !first) return null;
  const others = running.length - 1;
  return conflict(
    others === 0
      ? `${first.nodeName} is running: a retry drops what it does. Confirm that to retry all the same.`
      : `${first.nodeName} and ${others} more are running: a retry drops what they do. Confirm that to retry all the same.`,
  );
}

const conflict = (message: string): Refused => ({ ok: false, code: "conflict", message });
