import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { indexesOf } from "../read/chunk-index";
import { explainChunkless } from "../read/expired-rows";
import type { Member } from "../read/open-member";
import { type Gap, larger, overlap, withoutSpans } from "../spans";
import { chunkMayHold } from "./bloom-pages";
import { estimateMs, type SearchCost } from "./cost";
import type { SearchPlan } from "./events";
import { tokensToAsk } from "./needed";
import type { LogQuery } from "./query";
import type { Slice } from "./scan";
import { reasonToSkip } from "./skip";

/** What a search of the archive does next, newest first. `done`: chunks down to `backTo` are decided. */
export type ColdStep = { slice: Slice } | { gap: Gap } | { done: { chunks: number; backTo: bigint } };

/** Chunks that are decided together: few at first, so that the first of them is read soon. */
const batchSizes = [1, 4, 16];
/** A read in flight is held in memory, and is what a cancelled search has read for nothing. */
const sliceBytes = 4 * 1024 * 1024;

/** The chunks behind `position`, and which of them a search must read. */
export class ColdPlan {
  private readonly tokens: string[];
  private readonly skipped = { level: 0, time: 0, bloom: 0 };
  private chunksToRead = 0;
  private bytesToRead = 0;
  private decided: boolean;
  private readonly candidates: LogChunk[] = [];
  /** Of a chunk that reaches into the one before it only the rest is read, like everywhere: no number comes twice. */
  private readonly firstOf = new Map<LogChunk, bigint>();

  private constructor(
    private readonly scope: WorkspaceScope,
    private readonly query: LogQuery,
    private readonly position: bigint,
    private readonly chunks: LogChunk[],
    /** What no chunk covers: expired, or lost. */
    private readonly lost: Gap[],
  ) {
    this.tokens = tokensToAsk(query);
    this.decided = this.tokens.length === 0;
    let next = 0n;
    for (const chunk of chunks.toReversed()) {
      this.firstOf.set(chunk, larger(next, chunk.startSequence));
      next = larger(next, chunk.endSequence + 1n);
    }
    for (const chunk of chunks) {
      const reason = reasonToSkip(query, chunk);
      if (reason) this.skipped[reason]++;
      else this.want(chunk);
    }
  }

  static async make(
    scope: WorkspaceScope,
    episodeId: string,
    query: LogQuery,
    position: bigint,
  ): Promise<ColdPlan> {
    const chunks = await scoped(scope)
      .collection(logChunks)
      .find({ episodeId, startSequence: { $lte: position } }, { maxTimeMS: 10_000 })
      .sort({ startSequence: -1 })
      .toArray();
    const covered = chunks.map(({ startSequence, endSequence }) => ({
      from: startSequence,
      to: endSequence,
    }));
    const holes = position < 0n ? [] : withoutSpans({ from: 0n, to: position }, covered);
    const lost = await explainChunkless(scope, episodeId, holes);
    return new ColdPlan(scope, query, position, chunks, lost);
  }

  figures(hotRows: number): SearchPlan {
    const { skipped, chunksToRead, bytesToRead, decided, chunks } = this;
    return {
      type: "plan",
      chunks: chunks.length,
      chunksToRead,
      bytesToRead,
      skipped: { ...skipped },
      hotRows,
      estimatedMs: estimateMs(bytesToRead, chunksToRead),
      final: decided,
    };
  }

  /** What to do, in order. Filters are asked while what is known to be wanted is already being read. */
  async *steps(cost: SearchCost, signal: AbortSignal): AsyncGenerator<ColdStep> {
    const batches = this.batches();
    let next = this.decide(batches.next().value ?? [], cost, signal);
    for (let last = false; !last; ) {
      const steps = await next;
      const batch = batches.next();
      last = batch.done === true;
      if (batch.value) next = this.decide(batch.value, cost, signal);
      // It may fail while an earlier batch is still being read.
      next.catch(() => {});
      if (last) this.decided = true;
      yield* steps;
    }
  }

  /** Chunks that count and time do not rule out, with the holes between the chunks. */
  private *batches(): Generator<(LogChunk | Gap)[]> {
    const items = [...this.candidates, ...this.lost].sort((a, b) => (endOf(a) > endOf(b) ? -1 : 1));
    for (let start = 0, n = 0; start < items.length; n++) {
      const size = batchSizes[Math.min(n, batchSizes.length - 1)] ?? 1;
      yield items.slice(start, start + size);
      start += size;
    }
  }

  private async decide(
    items: (LogChunk | Gap)[],
    cost: SearchCost,
    signal: AbortSignal,
  ): Promise<ColdStep[]> {
    const indexes = await indexesOf(
      this.scope,
      items.filter((item) => "_id" in item),
    );
    const decided = await Promise.all(
      items.map(async (item): Promise<ColdStep[]> => {
        if (!("_id" in item)) return [{ gap: item }];
        const index = indexes.get(String(item._id));
        const done = { done: { chunks: 1, backTo: item.startSequence } };
        if (!index) return [{ gap: this.withoutIndex(item) }, done];
        if (index.bloom && this.tokens.length > 0) {
          if (!(await chunkMayHold(item, index.bloom, this.tokens, cost, signal))) {
            this.ruleOut(item);
            return [{ done: { chunks: 0, backTo: item.startSequence } }];
          }
        }
        return [...this.slicesOf(item, index.members), done];
      }),
    );
    return decided.flat();
  }

  private slicesOf(chunk: LogChunk, members: Member[]): ColdStep[] {
    const from = this.firstOf.get(chunk) ?? chunk.startSequence;
    const wanted = members.filter(({ startSequence, endSequence, ...counts }) => {
      return startSequence <= this.position && endSequence >= from && !reasonToSkip(this.query, counts);
    });
    this.bytesToRead += bytesOf(wanted) - Number(chunk.sizeBytes);
    const slices: Slice[] = [];
    for (const member of wanted.toReversed()) {
      const open = slices.at(-1);
      const first = open?.members[0];
      const fits = open && open.bytes + member.length <= sliceBytes;
      // The first slice of all is one member, so that the newest rows are there at once.
      const alone = slices.length === 1 && chunk === this.candidates[0];
      if (fits && !alone && first && member.offset + member.length === first.offset) {
        open.members.unshift(member);
        open.bytes += member.length;
      } else slices.push({ chunk, members: [member], from, bytes: member.length });
    }
    return slices.map((slice) => ({ slice }));
  }

  private withoutIndex({ startSequence, endSequence, chunkNumber }: LogChunk): Gap {
    const span = overlap({ from: startSequence, to: endSequence }, { from: 0n, to: this.position });
    const detail = `The index of chunk ${chunkNumber} is gone.`;
    return { from: startSequence, to: endSequence, ...span, reason: "missing", chunkNumber, detail };
  }

  private want(chunk: LogChunk): void {
    this.candidates.push(chunk);
    this.chunksToRead++;
    this.bytesToRead += Number(chunk.sizeBytes);
  }

  private ruleOut(chunk: LogChunk): void {
    this.skipped.bloom++;
    this.chunksToRead--;
    this.bytesToRead -= Number(chunk.sizeBytes);
  }
}

function bytesOf(members: Member[]): number {
  return members.reduce((sum, { length }) => sum + length, 0);
}

function endOf(item: LogChunk | Gap): bigint {
  return "_id" in item ? item.endSequence : item.to;
}
