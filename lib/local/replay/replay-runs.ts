import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { formatCount, formatPlural } from "@/lib/format";
import { showProgress } from "@/lib/import/progress";
import { importWfformatFile } from "@/lib/import/wfformat";
import { replayRun } from "@/lib/replay/mutations";
import { cancelRun } from "@/lib/runs/control/cancel";
import { retryFailed } from "@/lib/runs/control/retry-tasks";
import { getRun } from "@/lib/runs/queries";
import type { RunDetail } from "@/lib/runs/schema";
import { runStatus, taskStatuses } from "@/lib/runs/status";
import { say } from "../progress";
import type { ReplayWish } from "./arguments";
import { attemptsOf } from "./attempts";

const lookMs = 300;
/** A task that fails at any sensible rate has succeeded long before. */
const mostRounds = 100;

interface Going {
  name: string;
  runId: string;
  tasks: number;
}

/** Replays what is named and says for each how it went: 0 when all tasks of all of them have succeeded, 1 otherwise. */
export async function replayRuns(wish: ReplayWish, signal: AbortSignal): Promise<number> {
  const scope = await scopeForCommand(wish.workspace);
  if (!scope) throw new AppError("not_found", `--workspace ${wish.workspace}: there is no such workspace.`);
  const began = performance.now();
  const waiting = [...wish.sources];
  const going = new Set<Going>();
  const total = { tasks: 0, attempts: 0, failed: 0 };
  const next = async () => {
    for (let source = waiting.shift(); source !== undefined && !signal.aborted; source = waiting.shift()) {
      const replay = await begin(scope, source, wish);
      going.add(replay);
      const { tasks, attempts, ok } = await follow(scope, replay, wish, signal);
      going.delete(replay);
      total.tasks += tasks;
      total.attempts += attempts;
      total.failed += ok ? 0 : 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: wish.atOnce }, next));
  } finally {
    // Stopped on the way: whatever worker is next finds nothing of this to do.
    for (const { name, runId } of going) {
      await cancelRun(scope, runId);
      say(`${name}: cancelled`);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  say(
    `${formatPlural(wish.sources.length, "replay")}, ${formatPlural(total.tasks, "task")}, ` +
      `${formatPlural(total.attempts, "attempt")} in ${seconds.toFixed(1)} s: ` +
      `${(total.attempts / seconds).toFixed(1)} attempts/s${total.failed > 0 ? `, ${total.failed} not as they should be` : ""}`,
  );
  return total.failed === 0 ? 0 : 1;
}

async function begin(scope: WorkspaceScope, source: string, wish: ReplayWish): Promise<Going> {
  const { speed, failureRate, seed } = wish;
  const recorded = existsSync(source) ? (await importWfformatFile(scope, source)).runId : source;
  const made = await replayRun(scope, { speed, failureRate, seed, runId: recorded, key: randomUUID() });
  if (!made.ok) throw new AppError(made.code, `${source}: ${made.message}`);
  const run = await readRun(scope, made.runId);
  return { name: basename(source).replace(/\.json(\.gz)?$/, ""), runId: made.runId, tasks: tasksOf(run) };
}

/** Until it is over, and with `--until-done` until nothing of it fails; then its line. */
async function follow(
  scope: WorkspaceScope,
  { name, runId, tasks }: Going,
  { untilDone }: ReplayWish,
  signal: AbortSignal,
): Promise<{ tasks: number; attempts: number; ok: boolean }> {
  const began = performance.now();
  let run = await untilOver(scope, { name, runId, tasks }, signal);
  for (let round = 1; untilDone && run.status === "failed" && round <= mostRounds; round++) {
    const answer = await retryFailed(scope, runId);
    if (!answer.ok) throw new AppError(answer.code, `${name}: ${answer.message}`);
    run = await untilOver(scope, { name, runId, tasks }, signal);
  }
  const seconds = (performance.now() - began) / 1000;
  const { attempts, retries, problem } = await attemptsOf(scope, runId);
  const { succeeded } = run.taskCounts;
  const ok = problem === null && (untilDone ? succeeded === tasks : true);
  say(
    `${ok ? "ok  " : "BAD "} ${name}: ${runStatus[run.status].label.toLowerCase()}, ` +
      `${formatCount(succeeded)} of ${formatPlural(tasks, "task")} succeeded, ` +
      `${formatPlural(attempts, "attempt")}${retries > 0 ? ` (${formatPlural(retries, "retry", "retries")})` : ""} ` +
      `in ${seconds.toFixed(1)} s, ${(attempts / seconds).toFixed(1)}/s${problem ? `; ${problem}` : ""}`,
  );
  return { tasks, attempts, ok };
}

async function untilOver(
  scope: WorkspaceScope,
  { name, runId, tasks }: Going,
  signal: AbortSignal,
): Promise<RunDetail> {
  const progress = showProgress(name, tasks);
  try {
    for (;;) {
      signal.throwIfAborted();
      const run = await readRun(scope, runId);
      if (runStatus[run.status].final) return run;
      const { succeeded, failed, skipped } = run.taskCounts;
      progress.update(
        succeeded + failed + skipped,
        `${formatCount(succeeded)} of ${formatPlural(tasks, "task")}`,
      );
      await delay(lookMs, undefined, { signal });
    }
  } finally {
    progress.end();
  }
}

async function readRun(scope: WorkspaceScope, runId: string): Promise<RunDetail> {
  const run = await getRun(scope, runId);
  if (!run) throw new Error(`Assumed run ${runId} to be there while it is replayed`);
  return run;
}

const tasksOf = ({ taskCounts }: RunDetail) =>
  taskStatuses.reduce((sum, status) => sum + taskCounts[status], 0);
