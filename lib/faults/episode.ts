import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { type ArchiveResult, archiveEpisode } from "@/lib/archive/archiver";
import { ensureEpisode } from "@/lib/logs/episodes";
import { type BatchAnswer, ingestBatch } from "@/lib/logs/ingest";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { ArchiveTask, IngestTask, RestoreTask, Stop } from "./child/protocol";
import { Ledger, type SentBatch } from "./ledger";
import { type LineKind, makeLine, parsedEntries } from "./lines";
import type { World } from "./world";

export interface EpisodeOptions {
  rows?: number;
  kind?: LineKind;
  chunkSize?: number;
  keepHot?: number;
}

/** How long a lease of a seed lasts: long enough for a step on a busy machine to renew it, short enough to wait for. */
export const ttlMs = 1_500;

/** An episode of a seed, with the witness of what was written to it. */
export class Episode {
  readonly ledger = new Ledger();
  private batches = 0;
  private lines = 0;

  private constructor(
    private readonly world: World,
    readonly id: string,
    private readonly kind: LineKind,
  ) {}

  static async create(world: World, id: string, options: EpisodeOptions): Promise<Episode> {
    const { random } = world;
    const rows = world.choose("rows", options.rows ?? random.whole(200, 900));
    const chunkSize = world.choose("chunkSize", options.chunkSize ?? random.whole(50, 300));
    const keepHot = world.choose("keepHot", options.keepHot ?? random.whole(0, 60));
    const episode = new Episode(world, id, options.kind ?? "ordinary");
    await ensureEpisode(world.scope, id, { chunkSize, keepHot, archiveThreshold: chunkSize });
    if (rows > 0) await episode.write(rows);
    return episode;
  }

  get scope() {
    return this.world.scope;
  }

  async record(): Promise<LogMetadata> {
    const found = await scoped(this.scope).collection(logMetadata).findOne({ episodeId: this.id });
    if (!found) throw new Error(`Episode ${this.id} has no record`);
    return found;
  }

  /** Lines that nobody has sent yet. */
  newBatch(rows: number): SentBatch {
    const batchId = `batch-${this.batches++}`;
    const { random } = this.world;
    const lines = Array.from({ length: rows }, () => {
      const number = this.lines++;
      return makeLine(random, `${this.id}-${number}`, number, this.kind);
    });
    return { batchId, lines };
  }

  /** Rows in batches of many sizes, one after the other. */
  async write(rows: number): Promise<void> {
    for (let left = rows; left > 0; ) {
      const batch = this.newBatch(Math.min(left, this.world.random.whole(20, 250)));
      await this.send(batch);
      left -= batch.lines.length;
    }
  }

  /** Sends a batch from this process. What it answers goes on record. */
  async send(batch: SentBatch): Promise<void> {
    this.ledger.sent(batch);
    const entries = parsedEntries(batch.lines.map(({ text }) => text));
    const { batchId } = batch;
    this.answered(
      batch,
      await ingestBatch(this.scope, { episodeId: this.id, batchId, entries, final: true }),
    );
  }

  answered(batch: SentBatch, answer: BatchAnswer): void {
    const wrong = this.ledger.answered(batch, answer);
    if (wrong) this.world.violate("L9", wrong);
  }

  /** The same sending, for a process that will not live through it. */
  sending(batch: SentBatch, stop: Stop | null): IngestTask {
    this.ledger.sent(batch);
    const { batchId } = batch;
    const lines = batch.lines.map(({ text }) => text);
    return { kind: "ingest", ...this.common(), batchId, lines, stop };
  }

  archiving(stop: Stop | null, options: Partial<ArchiveTask> = {}): ArchiveTask {
    return {
      kind: "archive",
      ...this.common(),
      trigger: "on_demand",
      everything: true,
      ttlMs,
      stop,
      ...options,
    };
  }

  restoring(stop: Stop | null): RestoreTask {
    return { kind: "restore", ...this.common(), stop };
  }

  /** One run of an archiver in this process, for everything there is. */
  archive(): Promise<ArchiveResult> {
    return archiveEpisode(this.scope, this.id, { trigger: "on_demand", everything: true, ttlMs });
  }

  /**
   * Archives the rest once a lease that somebody left behind has ended. I11: it ends within its time, by the database's
   * clock, and the first attempt after that gets it.
   */
  async recover(): Promise<ArchiveResult> {
    for (;;) {
      const remaining = await this.leaseRemainingMs();
      if (remaining > ttlMs)
        this.world.violate("I11", `${this.id}: a lease of ${ttlMs} ms has ${remaining} ms left.`);
      if (remaining > 0) {
        await delay(Math.min(remaining + 5, ttlMs));
        continue;
      }
      const result = await this.archive();
      if (result.outcome !== "busy") return result;
      // A holder that lives renewed it in between; one that is dead cannot have.
      if ((await this.leaseRemainingMs()) <= 0) {
        this.world.violate("I11", `${this.id}: an expired lease was refused to the next archiver.`);
        return result;
      }
    }
  }

  /** By the database's clock; 0 when nobody holds it. */
  async leaseRemainingMs(): Promise<number> {
    const [found] = await scoped(this.scope)
      .collection(logMetadata)
      .aggregate<{ remaining: number | bigint | null }>([
        { $match: { episodeId: this.id } },
        { $project: { remaining: { $subtract: ["$archiveLease.expiresAt", "$$NOW"] } } },
      ])
      .toArray();
    return Math.max(0, Number(found?.remaining ?? 0));
  }

  private common() {
    const { scope, store } = this.world;
    return { workspaceId: scope.workspaceId, episodeId: this.id, store };
  }
}
