import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { toEntryRow } from "../read/listed-entry";
import { findRecord, sourceInText } from "../read/page";
import { readHotStretch } from "../read/stretch";
import type { LogEntryRow, LogGapRow } from "../schema";
import { larger, smaller, toGapRow } from "../spans";
import { estimateMs, noteScan } from "./cost";
import type { SearchEvent, SearchPlan } from "./events";
import { inOrder } from "./in-order";
import { hitsAmong } from "./match";
import { ColdPlan, type ColdStep } from "./plan";
import type { LogQuery } from "./query";
import { positionOf, resumeToken } from "./resume-token";
import { type SliceHits, scannerFor } from "./scan";

export interface SearchOptions {
  /** Goes on where an earlier search of the same query stopped. */
  resume?: string | null;
  limit: number;
  signal: AbortSignal;
}

/** Slices of at most 4 MB that are read and unpacked at once. */
const slicesAtOnce = 8;
const progressMs = 100;

/**
 * Searches an episode from its newest row back, wherever the rows lie, and tells what it does while it does it. Rows come in
 * order, each once, also while the archiver moves them. Throws an AppError when there is no such episode or no such token.
 */
export async function* searchEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  query: LogQuery,
  { resume = null, limit, signal }: SearchOptions,
): AsyncGenerator<SearchEvent> {
  const record = await findRecord(scope, episodeId);
  if (!record) throw new AppError("not_found", "There is no such episode.");
  const start = startOf(record, query, resume);
  // Also ends the reads that are under way when the limit is reached.
  const ending = new AbortController();
  const search = new Search(scope, record, query, start, limit, AbortSignal.any([signal, ending.signal]));
  try {
    yield* search.run();
  } catch (error) {
    if (!signal.aborted) throw error;
    yield search.end("stopped");
  } finally {
    ending.abort();
  }
}

/** What a search would read, without searching: token filters are not asked, so the figures can only shrink. */
export async function planSearch(
  scope: WorkspaceScope,
  episodeId: string,
  query: LogQuery,
  { resume }: { resume: string | null },
): Promise<SearchPlan> {
  const record = await findRecord(scope, episodeId);
  if (!record) throw new AppError("not_found", "There is no such episode.");
  const { archivedThrough } = record;
  const start = startOf(record, query, resume);
  const plan = await ColdPlan.make(scope, episodeId, query, smaller(start, archivedThrough));
  return plan.figures(Number(larger(0n, start - archivedThrough)));
}

/** The first row to look at: the newest, or where an earlier search of the same query stopped. */
function startOf(record: LogMetadata, query: LogQuery, resume: string | null): bigint {
  const newest = record.nextSequenceNumber - 1n;
  return resume === null ? newest : smaller(positionOf(resume, record.episodeId, query), newest);
}

class Search {
  private readonly since = performance.now();
  private readonly cost = { bytesRead: 0, objectsRead: 0 };
  private hits = 0;
  private chunksDone = 0;
  private bytesScanned = 0;
  private lastProgress = 0;
  private lastAt: Date | null = null;
  private plan: ColdPlan | null = null;

  constructor(
    private readonly scope: WorkspaceScope,
    private record: LogMetadata,
    private readonly query: LogQuery,
    /** The next row to look at. */
    private position: bigint,
    private readonly limit: number,
    private readonly signal: AbortSignal,
  ) {}

  async *run(): AsyncGenerator<SearchEvent> {
    const { archivedThrough } = this.record;
    this.plan = await this.planArchive();
    yield this.plan.figures(Number(larger(0n, this.position - archivedThrough)));
    yield* this.searchHot();
    if (this.isFull) return yield this.end("limit");
    // What moved to the archive meanwhile is sought there.
    if (this.record.archivedThrough > archivedThrough) this.plan = await this.planArchive();
    yield* this.searchArchive(this.plan);
    yield this.end(this.isFull ? "limit" : "complete");
  }

  end(reason: "complete" | "limit" | "stopped"): SearchEvent {
    const finished = reason === "complete" || this.position < 0n;
    return {
      type: "done",
      reason: reason === "limit" && finished ? "complete" : reason,
      hits: this.hits,
      resume: finished ? null : this.resume(),
      ...this.cost,
      durationMs: Math.round(performance.now() - this.since),
    };
  }

  private get isFull(): boolean {
    return this.hits >= this.limit;
  }

  private planArchive(): Promise<ColdPlan> {
    const { scope, record, query, position } = this;
    return ColdPlan.make(scope, record.episodeId, query, smaller(position, record.archivedThrough));
  }

  /** Rows above archivedThrough. They may move while we look: then the same place is looked at again, in the archive. */
  private async *searchHot(): AsyncGenerator<SearchEvent> {
    const search = { query: this.query, hitsAmong: hitsAmong(this.query), tokens: [], ahead: false };
    while (this.position > this.record.archivedThrough && !this.isFull) {
      this.signal.throwIfAborted();
      const stretch = await readHotStretch(this.scope, this.record, this.position, search);
      const now = await findRecord(this.scope, this.record.episodeId);
      if (!now) throw new AppError("not_found", "The episode was deleted.");
      const moved = now.archivedThrough > this.record.archivedThrough;
      this.record = now;
      if (moved) continue;
      yield* this.take(stretch.rows.toReversed(), stretch.next ?? -1n);
      yield* this.progress();
    }
  }

  private async *searchArchive(plan: ColdPlan): AsyncGenerator<SearchEvent> {
    const { scope, query, position, cost, signal } = this;
    const limit = this.limit - this.hits;
    const scan = scannerFor(scope, { query, position, limit, cost, signal });
    const steps = plan.steps(cost, signal);
    const work = async (step: ColdStep): Promise<Exclude<ColdStep, { slice: unknown }> | SliceHits> =>
      "slice" in step ? scan(step.slice) : step;
    const before = plan.figures(0);
    for await (const step of inOrder(steps, slicesAtOnce, work)) {
      if ("slice" in step) {
        this.bytesScanned += step.slice.bytes;
        noteScan(step.slice.bytes, step.ms);
        yield* this.take(step.found.map(rowOf), step.backTo - 1n);
        if (this.isFull) return;
      } else if ("gap" in step) yield* this.take([toGapRow(step.gap)], step.gap.from - 1n);
      else {
        this.chunksDone += step.done.chunks;
        this.position = step.done.backTo - 1n;
      }
      yield* this.progress();
    }
    this.position = -1n;
    if (!before.final) yield plan.figures(0);
  }

  /** Passes rows on, newest first, as far as the limit goes; then everything down to `next` was looked at. */
  private *take(rows: (LogEntryRow | LogGapRow)[], next: bigint): Generator<SearchEvent> {
    let entries: LogEntryRow[] = [];
    for (const row of rows) {
      if (row.kind === "gap") {
        if (entries.length > 0) yield { type: "rows", rows: entries };
        entries = [];
        yield { type: "gap", gap: row };
        continue;
      }
      entries.push(row);
      this.lastAt = new Date(row.at);
      if (++this.hits < this.limit) continue;
      this.position = BigInt(row.seq) - 1n;
      yield { type: "rows", rows: entries };
      return;
    }
    if (entries.length > 0) yield { type: "rows", rows: entries };
    this.position = next;
  }

  private *progress(): Generator<SearchEvent> {
    const now = performance.now();
    if (now - this.lastProgress < progressMs || this.position < 0n) return;
    this.lastProgress = now;
    const { chunksToRead, bytesToRead } = this.plan?.figures(0) ?? { chunksToRead: 0, bytesToRead: 0 };
    yield {
      type: "progress",
      chunksDone: this.chunksDone,
      chunksToRead,
      ...this.cost,
      hits: this.hits,
      backTo: { seq: (this.position + 1n).toString(), at: this.lastAt?.toISOString() ?? null },
      etaMs: estimateMs(Math.max(0, bytesToRead - this.bytesScanned), chunksToRead - this.chunksDone),
      resume: this.resume(),
    };
  }

  private resume(): string {
    return resumeToken(this.record.episodeId, this.query, this.position);
  }
}

function rowOf(found: SliceHits["found"][number]): LogEntryRow | LogGapRow {
  if ("gap" in found) return toGapRow(found.gap);
  return toEntryRow(found.hit, sourceInText(found.hit.metadataText), "cold");
}
