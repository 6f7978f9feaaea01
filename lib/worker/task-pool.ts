import "server-only";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type PlatformScope, scopeForWorker, type WorkspaceScope } from "@/lib/auth/access";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { aggregatesDone } from "@/lib/runs/aggregate";
import { queueAnywhere } from "@/lib/runs/claim";
import { ClaimLine } from "@/lib/runs/claim-line";
import { executorNamed } from "@/lib/runs/executors/registry";
import { handBack } from "@/lib/runs/work/finish";
import { type WorkOptions, workTask } from "@/lib/runs/work/work-task";
import { logEvent, messageOf } from "./log";

export interface PoolSettings extends Omit<WorkOptions, "stop"> {
  workerId: string;
  slots: number;
  executors: string[];
}

const firstIdleMs = 100;
const lastIdleMs = 1_000;
/** How long a worker that stops lets tasks end by themselves, and then lets them stop. Together below what main.ts allows. */
const finishWithinMs = 1_500;
const stopWithinMs = 1_500;
const scopeFreshMs = 5_000;

/**
 * The tasks that one process works on: as many at once as it has slots, of whatever workspace is next. What it holds is in memory
 * only; when it dies, the leases run out and the tasks are taken up by others.
 */
export class TaskPool {
  private readonly working = new Map<string, Promise<void>>();
  private readonly halt = new AbortController();
  private readonly scopes = new Map<string, { scope: Promise<WorkspaceScope | null>; until: number }>();
  private readonly line: ClaimLine;
  private wake: () => void = () => {};

  constructor(
    platform: PlatformScope,
    private readonly settings: PoolSettings,
  ) {
    this.line = new ClaimLine(queueAnywhere(platform), settings);
    // Each task at work listens; that many are no leak.
    setMaxListeners(settings.slots + 1, this.halt.signal);
  }

  get busy(): number {
    return this.working.size;
  }

  /** Claims and works until the signal; then no task is left behind that looks as if it ran. */
  async work(signal: AbortSignal): Promise<void> {
    const onAbort = () => this.wake();
    signal.addEventListener("abort", onAbort);
    try {
      for (let idleMs = firstIdleMs; !signal.aborted; ) {
        const began = this.working.size < this.settings.slots && (await this.begin());
        if (began) idleMs = firstIdleMs;
        else {
          await this.pause(idleMs, signal);
          idleMs = Math.min(2 * idleMs, lastIdleMs);
        }
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      if (signal.aborted) await this.drain();
      await aggregatesDone();
    }
  }

  /** A task of this process that ended may have made others ready: no need to wait for the next look. */
  private async pause(idleMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const woken = new AbortController();
    this.wake = () => woken.abort();
    await sleep(idleMs, undefined, { signal: woken.signal }).catch(() => {});
  }

  private async begin(): Promise<boolean> {
    const task = await this.line.next();
    if (!task) return false;
    const key = `${task._id} ${task.fence}`;
    const turn = this.take(task).finally(() => {
      this.working.delete(key);
      this.wake();
    });
    this.working.set(key, turn);
    return true;
  }

  private async take(task: RunTask): Promise<void> {
    try {
      const scope = await this.scopeOf(task.workspaceId);
      const executor = executorNamed(task.executorType);
      // A workspace that is gone has nobody to work for; its tasks go with it.
      if (!scope || !executor) return;
      if (this.halt.signal.aborted) {
        await handBack(scope, task);
        return;
      }
      const end = await workTask(scope, task, executor, { ...this.settings, stop: this.halt.signal });
      if (end === "lost" || end === "fenced_out")
        logEvent("warn", "task lost", { task: task._id, fence: task.fence, end });
    } catch (error) {
      // What is left open is found by the reaper.
      logEvent("error", "task left", { task: task._id, fence: task.fence, error: messageOf(error) });
    }
  }

  /** First those that end soon may, then all are told to stop, and what has not ended by itself was given back. */
  private async drain(): Promise<void> {
    if (await this.emptyWithin(finishWithinMs)) return;
    this.halt.abort();
    if (await this.emptyWithin(stopWithinMs)) return;
    logEvent("warn", "tasks left to their leases", { tasks: this.working.size });
  }

  private async emptyWithin(ms: number): Promise<boolean> {
    await Promise.race([Promise.allSettled(this.working.values()), sleep(ms, undefined, { ref: false })]);
    return this.working.size === 0;
  }

  /** Read again after a few seconds: a thousand short tasks of a workspace are not a thousand questions about it. */
  private scopeOf(workspaceId: string): Promise<WorkspaceScope | null> {
    const known = this.scopes.get(workspaceId);
    if (known && known.until > performance.now()) return known.scope;
    const scope = scopeForWorker(workspaceId);
    scope.catch(() => this.scopes.delete(workspaceId));
    this.scopes.set(workspaceId, { scope, until: performance.now() + scopeFreshMs });
    return scope;
  }
}
