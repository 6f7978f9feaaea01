import type { LevelTally } from "@/lib/logs/batch-figures";
import { noTally } from "@/lib/logs/batch-figures";
import { exactParts, metadataTextOf, toLine } from "@/lib/logs/entry-line";
import { FieldCounter } from "@/lib/logs/facets/field-counts";
import { logLevels } from "@/lib/logs/level";
import { withoutEscapes } from "@/lib/logs/searchable-text";
import type { Span } from "@/lib/logs/spans";
import { Drain } from "@/lib/logs/templates/drain";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { buildBloom } from "./bloom";
import { type ChunkIndex, encodeFooter } from "./footer";
import { LevelHistogram } from "./level-histogram";
import { MemberWriter } from "./member-writer";
import { TokenSet } from "./token-set";

export interface EncodedChunk {
  /** Gzip members one behind the other: to any tool an ordinary .jsonl.gz, to us readable member by member. */
  file: Buffer;
  sha256: string;
  index: ChunkIndex;
  startSequence: bigint;
  endSequence: bigint;
  startTime: Date;
  endTime: Date;
  levelCounts: LevelTally;
  logCount: number;
}

/** A chunk is held in memory while it is packed; rows that are large end it early. */
const bytesPerChunk = 128 * 1024 * 1024;
const templatesKept = 50;

/** Packs entries, in their order, into one chunk that starts at `startSequence`. */
export class ChunkEncoder {
  private readonly writer: MemberWriter;
  private readonly tokens = new TokenSet();
  private readonly histogram = new LevelHistogram();
  private readonly drain = new Drain();
  private readonly fields = new FieldCounter();

  constructor(startSequence: bigint) {
    this.writer = new MemberWriter(startSequence);
  }

  get isFull(): boolean {
    return this.writer.rawBytes + this.writer.bufferedBytes >= bytesPerChunk;
  }

  /** A promise when the caller has to wait before the next entry. */
  add(entry: LogEntry): Promise<void> | undefined {
    const metadataText = metadataTextOf(entry);
    const { message, metadataText: exactMetadata } =
      entry.raw === undefined ? { message: entry.message, metadataText } : exactParts(entry.raw);
    // The words of the searchable text: no word reaches over the line end between its two parts.
    this.tokens.addText(message);
    if (exactMetadata !== null) this.tokens.addText(withoutEscapes(exactMetadata));
    if (entry.raw === undefined) this.fields.addDocument(entry.metadata);
    else if (exactMetadata !== null) this.fields.addText(exactMetadata);
    const time = entry.timestamp.getTime();
    this.drain.add(message, entry.sequenceNumber, time, entry.level);
    this.histogram.add(time, entry.level);
    return this.writer.add(entry, toLine(entry, metadataText));
  }

  /** Null when nothing was added. `tombstones` are the numbers of the range that have no row. */
  async finish(tombstones: Span[]): Promise<EncodedChunk | null> {
    const { writer } = this;
    await writer.finish();
    const { members } = writer;
    const [first] = members;
    const last = members.at(-1);
    if (!first || !last) return null;
    const levelCounts = sumLevels(members);
    const logCount = Number(logLevels.reduce((sum, level) => sum + levelCounts[level], 0n));
    const templates = this.drain.templates().slice(0, templatesKept);
    const rows = Buffer.concat(writer.parts);
    const footer = encodeFooter(
      rows.length,
      {
        members,
        rawBytes: writer.rawBytes,
        tombstones,
        histogram: this.histogram.toHistogram(),
        templates,
        otherTemplates: logCount - templates.reduce((sum, { count }) => sum + count, 0),
        slotWidth: this.drain.slotWidth,
        facets: this.fields.toCounts(),
      },
      this.tokens.isOverfull ? null : buildBloom(this.tokens),
    );
    return {
      file: Buffer.concat([rows, footer.bytes]),
      sha256: writer.hash.update(footer.bytes).digest("hex"),
      index: footer.index,
      startSequence: first.startSequence,
      endSequence: last.endSequence,
      startTime: new Date(Math.min(...members.map(({ startTime }) => startTime.getTime()))),
      endTime: new Date(Math.max(...members.map(({ endTime }) => endTime.getTime()))),
      levelCounts,
      logCount,
    };
  }
}

function sumLevels(members: ChunkIndex["members"]): LevelTally {
  const sum = noTally();
  for (const member of members) for (const level of logLevels) sum[level] += member.levelCounts[level];
  return sum;
}
