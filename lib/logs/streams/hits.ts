import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { indexesOf } from "../read/chunk-index";
import type { LogRow } from "../schema";
import { chunkMayHold } from "../search/bloom-pages";
import { hitsAmong } from "../search/match";
import { tokensToAsk } from "../search/needed";
import { asksForNothing, type LogQuery } from "../search/query";
import { reasonToSkip } from "../search/skip";
import { readSettledHits } from "../tail/settled";
import { hitLines } from "../walk/hit-lines";
import { blockOf, firstOf } from "./block-rows";
import type { Section } from "./sections";
import type { Block, Timeline } from "./timeline";

/** What a reader of hits has cost so far. */
export interface ReadCost {
  rowsRead: number;
  bytesRead: number;
  objectsRead: number;
}

type Keyed = { key: number; row: LogRow };

/** Which rows of a stream a query keeps, and what need not be read to know it. */
export class Hits {
  private readonly tokens: string[];
  private readonly hitsIn: ReturnType<typeof hitLines>;
  private readonly isHit: ReturnType<typeof hitsAmong>;
  /** Level and time stand in a row as it is listed; anything else needs the row whole. */
  private readonly byRow: boolean;

  constructor(
    private readonly scope: WorkspaceScope,
    readonly query: LogQuery,
    readonly cost: ReadCost,
    private readonly signal: AbortSignal,
  ) {
    this.tokens = tokensToAsk(query);
    this.hitsIn = hitLines(query);
    this.isHit = hitsAmong(query);
    this.byRow = asksForNothing({ ...query, levels: [], time: { from: null, to: null } });
  }

  /** No row of the section can be a hit. */
  async rulesOut(timeline: Timeline, section: Section): Promise<boolean> {
    const { levelCounts } = section;
    if (levelCounts && reasonToSkip(this.query, { ...section, levelCounts })) return true;
    if (section.kind !== "archived" || this.tokens.length === 0) return false;
    const chunk = await scoped(this.scope)
      .collection(logChunks)
      .findOne({ episodeId: timeline.record.episodeId, startSequence: section.from });
    const bloom = chunk && (await indexesOf(this.scope, [chunk])).get(String(chunk._id))?.bloom;
    if (!chunk || !bloom) return false;
    return !(await chunkMayHold(chunk, bloom, this.tokens, this.cost, this.signal));
  }

  /** No row of the block can be a hit; one without counted rows may hide some. */
  skips(block: Block | null): boolean {
    return block !== null && reasonToSkip(this.query, block) !== null;
  }

  /** The hits of a span, with the keys they stand at, and what could not be read and may be some. */
  async read(timeline: Timeline, from: bigint, to: bigint): Promise<Keyed[]> {
    this.cost.rowsRead += Number(to - from + 1n);
    const wanted = this.byRow ? null : await this.wantedIn(timeline, from, to);
    const found: Keyed[] = [];
    for (let block = blockOf(from); block <= blockOf(to); block++) {
      if (wanted && !wanted.blocks.has(block)) continue;
      for (const keyed of await timeline.rowsOf(block)) {
        const { row } = keyed;
        const seq = BigInt(row.kind === "entry" ? row.seq : row.to);
        if (seq < from || BigInt(row.kind === "entry" ? row.seq : row.from) > to) continue;
        if (row.kind === "gap" ? row.reason !== "never_written" : this.keeps(row, wanted?.seqs))
          found.push(keyed);
      }
    }
    return found;
  }

  private keeps(row: Extract<LogRow, { kind: "entry" }>, wanted: Set<string> | undefined): boolean {
    if (wanted) return wanted.has(row.seq);
    const entry = { ...row, seq: BigInt(row.seq), at: new Date(row.at), metadataText: null };
    return this.isHit([{ ...entry, receivedAt: entry.at, flags: [] }]).length > 0;
  }

  private async wantedIn(timeline: Timeline, from: bigint, to: bigint) {
    const { scope, record } = timeline;
    const rows = await readSettledHits(scope, record, { from, to }, this.hitsIn, this.signal);
    const seqs = new Set<string>();
    const blocks = new Set<number>();
    for (const row of rows) {
      if (row.kind === "entry") {
        seqs.add(row.seq);
        blocks.add(blockOf(BigInt(row.seq)));
        continue;
      }
      for (let block = blockOf(BigInt(row.from)); block <= blockOf(BigInt(row.to)); block++) {
        if (firstOf(block) <= to) blocks.add(block);
      }
    }
    return { seqs, blocks };
  }
}
