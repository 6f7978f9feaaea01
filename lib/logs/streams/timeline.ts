import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logBlocks } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { LevelTally } from "../batch-figures";
import { smaller } from "../spans";
import { blockOf, firstOf, readBlock } from "./block-rows";
import { type Belief, latestAmong, latestOf, withKeys } from "./row-keys";
import { type Section, sectionsOf } from "./sections";

export interface Block {
  block: number;
  startTime: Date;
  endTime: Date;
  levelCounts: LevelTally;
}

/**
 * Where times lie in one stream. A key (row-keys.ts) is made of all rows before it, but those before its block are known by
 * the times of chunks and blocks, so a place is found in a stream of any length by reading one block. The keys follow from
 * blocks alone, whose bounds never move, so they are the same before and after a row is archived.
 */
export class Timeline {
  private readonly blocks = new Map<Section, Promise<Block[]>>();

  private constructor(
    readonly scope: WorkspaceScope,
    readonly record: LogMetadata,
    /** Numbers below it are settled; those above are told once they are. */
    readonly settled: bigint,
    readonly belief: Belief,
    private readonly sections: Section[],
  ) {}

  static async of(
    scope: WorkspaceScope,
    record: LogMetadata,
    settled: bigint,
    belief: Belief,
  ): Promise<Timeline> {
    return new Timeline(scope, record, settled, belief, await sectionsOf(scope, record, settled));
  }

  /** The first number whose key is at or behind a time; `settled` when there is none. */
  async firstFrom(time: number): Promise<bigint> {
    if (time <= this.belief.floor) return 0n;
    if (this.isOneBlock) return this.firstInBlock(0, time);
    for (const section of this.sections) {
      const latest = latestOf(section, this.belief);
      if (latest !== "mixed" && latest < time) continue;
      for (const block of await this.blocksOf(section)) {
        if ((await this.latestIn(block)) >= time) return this.firstInBlock(block.block, time);
      }
    }
    return this.settled;
  }

  /** The latest time of all rows in blocks before this one. */
  async seedOf(block: number): Promise<number> {
    let seed = this.belief.floor;
    if (block === 0) return seed;
    const first = firstOf(block);
    for (const section of this.sections) {
      if (section.from >= first) break;
      const latest = section.to < first ? latestOf(section, this.belief) : "mixed";
      if (latest !== "mixed") seed = Math.max(seed, latest);
      else {
        for (const part of await this.blocksOf(section)) {
          if (part.block < block) seed = Math.max(seed, await this.latestIn(part));
        }
      }
    }
    return seed;
  }

  /** The rows of a block with their keys. */
  async rowsOf(block: number) {
    const rows = await readBlock(this.scope, this.record, block, this.settled);
    return withKeys(rows, await this.seedOf(block), this.belief);
  }

  sectionOf(seq: bigint): Section | undefined {
    return this.sections.find(({ from, to }) => from <= seq && seq <= to);
  }

  /** What is known of a block; null when it has no counted row. */
  async blockAt(section: Section, number: number): Promise<Block | null> {
    return (await this.blocksOf(section)).find(({ block }) => block === number) ?? null;
  }

  private get isOneBlock(): boolean {
    return this.settled <= firstOf(1);
  }

  /** A block whose latest row cannot be read ends before the time is met: then the next one begins behind it. */
  private async firstInBlock(block: number, time: number): Promise<bigint> {
    const rows = await readBlock(this.scope, this.record, block, this.settled);
    for (const row of rows) {
      if (row.kind !== "entry") continue;
      const at = Date.parse(row.at);
      if (at >= time && at <= this.belief.limit) return BigInt(row.seq);
    }
    return smaller(firstOf(block + 1), this.settled);
  }

  private async latestIn(block: Block): Promise<number> {
    const latest = latestOf(block, this.belief);
    if (latest !== "mixed") return latest;
    return latestAmong(await readBlock(this.scope, this.record, block.block, this.settled), this.belief);
  }

  private blocksOf(section: Section): Promise<Block[]> {
    const known = this.blocks.get(section);
    if (known) return known;
    const read = scoped(this.scope)
      .collection(logBlocks)
      .find(
        {
          episodeId: this.record.episodeId,
          block: { $gte: blockOf(section.from), $lte: blockOf(section.to) },
        },
        { projection: { _id: 0, block: 1, startTime: 1, endTime: 1, levelCounts: 1 }, maxTimeMS: 10_000 },
      )
      .sort({ block: 1 })
      .toArray();
    this.blocks.set(section, read);
    return read;
  }
}
