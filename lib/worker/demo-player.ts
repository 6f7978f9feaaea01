import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LivePart, livePart } from "@/lib/demo/live-task";
import { ingestLines } from "@/lib/demo/logs";
import { episodeOf } from "@/lib/demo/run-documents";
import { taskLog } from "@/lib/demo/task-log";
import { ensureEpisode } from "@/lib/logs/episodes";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { claimTask, completeTask, type Held, heartbeatTask, reapTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";
import { releaseTasks } from "@/lib/runs/create";
import { settleAfter } from "@/lib/runs/settle";

/** A run as far as the player needs to know it. */
export interface LiveRun {
  id: string;
  tasks: number;
}

interface Playing extends Held {
  task: RunTask;
  part: LivePart;
  claimedAt: number;
  heardOfAt: number;
  /** Lines of the log that are written. */
  written: number;
}

const tasksAtOnce = 6;
const heartbeatMs = 10_000;

/**
 * A worker of the demo: it takes queued tasks of the live runs, writes their logs while they last, and ends them, with the
 * same writes as any worker. What it holds is in memory only; after a kill the leases run out and the tasks are taken up
 * again, by this or by another one.
 */
export class DemoPlayer {
  private readonly playing = new Map<string, Playing>();
  private readonly adopted = new Set<string>();

  constructor(
    private readonly scope: WorkspaceScope,
    private readonly workerId: string,
    private readonly clock: () => number = Date.now,
  ) {}

  /** One look at a run: what can start starts, what is due is written, what is over ends. */
  async advance(run: LiveRun): Promise<void> {
    if (!this.adopted.has(run.id)) {
      // Somebody may have been killed between storing the run and releasing its tasks.
      await releaseTasks(this.scope, [run.id]);
      await aggregateRun(this.scope, run.id);
      this.adopted.add(run.id);
    }
    const open = await scoped(this.scope)
      .collection(runTasks)
      .find(
        { workflowRunId: run.id, status: { $in: ["queued", "running"] }, hold: null },
        { sort: { nodeId: 1 } },
      )
      .toArray();
    const running = open.filter((task) => task.status === "running");
    const moved: string[] = [];
    for (const task of running) if (await this.goOn(task)) moved.push(task.nodeId);
    const room = Math.max(0, tasksAtOnce - running.length);
    for (const task of open.filter(({ status }) => status === "queued").slice(0, room)) {
      if (await this.begin(run, task)) moved.push(task.nodeId);
    }
    if (moved.length > 0 || open.length === 0) await this.settle(run, moved);
  }

  forget(runId: string): void {
    this.adopted.delete(runId);
  }

  private async settle(run: LiveRun, moved: string[]): Promise<void> {
    await settleAfter(this.scope, run.id, moved.length > 0 ? moved : await this.endedNodes(run.id));
    await aggregateRun(this.scope, run.id);
  }

  private async begin(run: LiveRun, queued: RunTask): Promise<boolean> {
    const logRef = episodeOf(run.id, queued.nodeId);
    const task = await claimTask(this.scope, queued, this.workerId, logRef);
    if (!task) return false;
    await ensureEpisode(this.scope, logRef, {
      producer: { kind: "run_task", runId: run.id, taskId: task._id },
    });
    const now = this.clock();
    this.playing.set(task._id, {
      taskId: task._id,
      fence: task.fence,
      task,
      part: livePart(task, run.tasks),
      claimedAt: now,
      heardOfAt: now,
      written: 0,
    });
    return true;
  }

  /** True when the task is over. */
  private async goOn(stored: RunTask): Promise<boolean> {
    const playing = this.playing.get(stored._id);
    if (playing?.fence !== stored.fence) {
      this.playing.delete(stored._id);
      return (await reapTask(this.scope, { taskId: stored._id, fence: stored.fence })) === "reaped";
    }
    const lasted = this.clock() - playing.claimedAt;
    const over = lasted >= playing.part.durationMs;
    await this.writeLog(playing, over ? 1 : lasted / playing.part.durationMs);
    if (over) return this.end(playing, playing.part.errorMessage === null ? "succeeded" : "failed");
    if (this.clock() - playing.heardOfAt < heartbeatMs && stored.cancelRequestedAt === null) return false;
    playing.heardOfAt = this.clock();
    const answer = await heartbeatTask(this.scope, playing);
    if (answer === "lost") this.playing.delete(playing.taskId);
    return answer === "cancel" ? this.end(playing, "cancelled") : false;
  }

  private async end(playing: Playing, outcome: "succeeded" | "failed" | "cancelled"): Promise<boolean> {
    const { stdoutCount, stderrCount, errorMessage } = playing.part;
    this.playing.delete(playing.taskId);
    const result = await completeTask(this.scope, playing, {
      outcome,
      errorMessage: outcome === "failed" ? errorMessage : null,
      stdoutCount: outcome === "cancelled" ? playing.written : stdoutCount,
      stderrCount: outcome === "cancelled" ? 0 : stderrCount,
      outputArtifactIds: [],
      lastResultPreview: outcome === "succeeded" ? { lines: stdoutCount } : null,
    });
    return result === "completed";
  }

  /** The lines that are due by now, as one batch; its name says which task, which delivery and from which line. */
  private async writeLog(playing: Playing, share: number): Promise<void> {
    const { task, part, written } = playing;
    if (task.logRef === null || task.startedAt === null) return;
    const until = new Date(task.startedAt.getTime() + part.durationMs);
    const { stdoutCount, stderrCount, errorMessage } = part;
    const lines = taskLog({
      ...task,
      stdoutCount,
      stderrCount,
      errorMessage,
      startedAt: task.startedAt,
      until,
    });
    const due = lines.slice(written, Math.floor(lines.length * Math.min(1, share)));
    if (due.length === 0) return;
    await ingestLines(this.scope, task.logRef, `live ${playing.fence} ${written}`, due);
    playing.written = written + due.length;
  }

  /** For a run that was left between the end of a task and what follows from it. */
  private async endedNodes(runId: string): Promise<string[]> {
    const ended = await scoped(this.scope)
      .collection(runTasks)
      .find(
        { workflowRunId: runId, status: { $in: ["succeeded", "failed", "skipped", "cancelled"] } },
        { projection: { nodeId: 1 }, sort: { nodeId: 1 } },
      )
      .toArray();
    return ended.map(({ nodeId }) => nodeId);
  }
}
