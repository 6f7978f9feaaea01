import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogArchiveAttempt, logArchiveAttempts, logChunks } from "@/lib/mongo/collections/log-chunks";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import type { Lease } from "./lease";

/** S0 lease, S1 range, S2 read and pack, S3 put, S4 read back and verify, S5 commit, S6 prune, S7 release. */
export type ArchiveStep = "S0" | "S1" | "S2" | "S3" | "S4" | "S5" | "S6" | "S7";
export type ArchivePoint = `${"before" | "after"} ${ArchiveStep}`;
/** Called at each point; where a fault test stops the process. */
export type OnPoint = (point: ArchivePoint) => Promise<void> | void;

/** One attempt in the ledger. Its steps are written as they end, so that an attempt that was killed shows how far it came. */
export class Attempt {
  private readonly steps: LogArchiveAttempt["steps"] = [];
  private readonly startedAt = new Date();
  private id: ReturnType<typeof newObjectId> | null = null;
  private noted: Partial<LogArchiveAttempt> = {};
  /** The step that failed, for the sentence about it. */
  failedAt: ArchiveStep | null = null;

  constructor(
    private readonly scope: WorkspaceScope,
    private readonly trigger: LogArchiveAttempt["trigger"],
    private readonly onPoint: OnPoint,
  ) {}

  async step<T>(step: ArchiveStep, work: () => Promise<T>): Promise<T> {
    await this.onPoint(`before ${step}`);
    const started = performance.now();
    const done = (outcome: "done" | "failed") => {
      this.steps.push({ step, durationMs: Math.round((performance.now() - started) * 10) / 10, outcome });
      return this.save();
    };
    let result: T;
    try {
      result = await work();
    } catch (error) {
      this.failedAt = step;
      await done("failed");
      throw error;
    }
    await done("done");
    await this.onPoint(`after ${step}`);
    return result;
  }

  /** Puts the attempt on record. Part of S0: a lease that was given out has an attempt, however early that one ends. */
  async begin({ episodeId, owner, epoch }: Lease, chunkNumber: number): Promise<void> {
    const attempts = scoped(this.scope).collection(logArchiveAttempts);
    const _id = newObjectId();
    await attempts.insertOne({
      _id,
      episodeId,
      owner,
      epoch,
      trigger: this.trigger,
      chunkNumber,
      startSequence: null,
      endSequence: null,
      steps: this.steps,
      outcome: "running",
      error: null,
      startedAt: this.startedAt,
      finishedAt: null,
    });
    this.id = _id;
  }

  /** What a step found out; written with the step itself. */
  note(fields: Pick<LogArchiveAttempt, "startSequence"> | Pick<LogArchiveAttempt, "endSequence">): void {
    this.noted = { ...this.noted, ...fields };
  }

  async finish(
    outcome: "archived" | "nothing_to_do" | "failed",
    failure: { error: string; nextAttemptAt: Date } | null = null,
  ): Promise<void> {
    await this.set({ outcome, ...failure, steps: this.steps, finishedAt: new Date() });
  }

  private save(): Promise<void> {
    return this.set({ ...this.noted, steps: this.steps });
  }

  private async set(fields: Partial<LogArchiveAttempt>): Promise<void> {
    if (!this.id) return;
    await scoped(this.scope).collection(logArchiveAttempts).updateOne({ _id: this.id }, { $set: fields });
  }
}

/** Ends the records of attempts that were stopped on the way: whoever held the lease before and did not finish. */
export async function closeInterrupted(scope: WorkspaceScope, { episodeId, epoch }: Lease): Promise<void> {
  const attempts = scoped(scope).collection(logArchiveAttempts);
  const open = await attempts
    .find({ episodeId, outcome: "running", epoch: { $lt: epoch } })
    .sort({ epoch: 1 })
    .toArray();
  for (const attempt of open) {
    // The chunk is there when only what follows the commit was cut off.
    const chunk = await scoped(scope).collection(logChunks).findOne({ episodeId, epoch: attempt.epoch });
    const ending = chunk
      ? { outcome: "archived" as const }
      : { outcome: "failed" as const, error: "Interrupted; a later attempt went on from there." };
    await attempts.updateOne(
      { _id: attempt._id, outcome: "running" },
      { $set: { ...ending, finishedAt: new Date() } },
    );
  }
}
