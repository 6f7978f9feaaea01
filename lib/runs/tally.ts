import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { Figures } from "./count-tasks";
import { noTasks } from "./derive-status";

/*
 * The figures of a large run that is under way, from what changed since this process last counted: to count ten thousand tasks
 * four times a second is the work of a database for itself. A tally knows every task once, so its counts always add up to
 * their number (I7). A write that took longer than the overlap to become visible can be missing in it for a while: so a tally
 * is begun anew now and then, and no run is ever called final by a tally (I3, I6).
 */

/** Writes become visible within this of the time that they carry. */
const overlapMs = 2_000;
const renewedAfterMs = 30_000;
const mostRuns = 16;

type Counted = Pick<RunTask, "status" | "stdoutCount" | "stderrCount"> & { artifacts: number };

export class Tally {
  private readonly tasks = new Map<string, Counted>();
  private readonly begunAt = performance.now();
  private newest = 0;

  constructor(private readonly runId: string) {}

  get isOld(): boolean {
    return performance.now() - this.begunAt > renewedAfterMs;
  }

  /** Reads what changed since the last time, and gives the figures. */
  async figures(scope: WorkspaceScope): Promise<Figures> {
    const since = this.newest === 0 ? {} : { changedAt: { $gte: new Date(this.newest - overlapMs) } };
    const changed = await scoped(scope)
      .collection(runTasks)
      .find(
        { workflowRunId: this.runId, ...since },
        {
          projection: { status: 1, stdoutCount: 1, stderrCount: 1, outputArtifactIds: 1, changedAt: 1 },
          sort: { changedAt: 1 },
        },
      )
      .toArray();
    for (const { _id, status, stdoutCount, stderrCount, outputArtifactIds, changedAt } of changed) {
      this.tasks.set(_id, { status, stdoutCount, stderrCount, artifacts: outputArtifactIds.length });
      this.newest = Math.max(this.newest, changedAt?.getTime() ?? 0);
    }
    return this.sum();
  }

  private sum(): Figures {
    const figures: Figures = { counts: noTasks(), artifactCount: 0, stdoutLineCount: 0, stderrLineCount: 0 };
    for (const { status, stdoutCount, stderrCount, artifacts } of this.tasks.values()) {
      figures.counts[status] += 1;
      figures.artifactCount += artifacts;
      figures.stdoutLineCount += stdoutCount;
      figures.stderrLineCount += stderrCount;
    }
    return figures;
  }
}

/** Tallies of the runs that this process works on. */
export class Tallies {
  private readonly kept = new Map<string, Tally>();

  figuresOf(scope: WorkspaceScope, runId: string): Promise<Figures> {
    const key = `${scope.workspaceId} ${runId}`;
    const known = this.kept.get(key);
    const tally = known && !known.isOld ? known : new Tally(runId);
    this.kept.delete(key);
    this.kept.set(key, tally);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostRuns) break;
      this.kept.delete(oldest);
    }
    return tally.figures(scope);
  }
}
