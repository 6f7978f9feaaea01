import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { LevelTally } from "@/lib/logs/batch-figures";
import { noTally } from "@/lib/logs/batch-figures";
import { toLine } from "@/lib/logs/entry-line";
import { logLevels } from "@/lib/logs/level";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";

type Member = LogChunkIndex["members"][number];

export interface EncodedChunk {
  /** Gzip members one behind the other: to any tool an ordinary .jsonl.gz, to us readable member by member. */
  file: Buffer;
  sha256: string;
  members: Member[];
  startSequence: bigint;
  endSequence: bigint;
  startTime: Date;
  endTime: Date;
  levelCounts: LevelTally;
  logCount: number;
  /** Bytes of the lines before compression. */
  rawBytes: number;
}

const rowsPerMember = 1000;
const bytesPerMember = 4 * 1024 * 1024;
/** A chunk is held in memory while it is packed; rows that are large end it early. */
const bytesPerChunk = 128 * 1024 * 1024;

const pack = promisify(gzip);

/** Packs entries, in their order, into one chunk that starts at `startSequence`. */
export class ChunkEncoder {
  private readonly parts: Buffer[] = [];
  private readonly members: Member[] = [];
  private offset = 0;
  private rawBytes = 0;
  private lines: string[] = [];
  private lineBytes = 0;
  private open: Omit<Member, "offset" | "length" | "sha256"> | null = null;

  constructor(private readonly startSequence: bigint) {}

  get isFull(): boolean {
    return this.rawBytes + this.lineBytes >= bytesPerChunk;
  }

  async add(entry: LogEntry): Promise<void> {
    const line = toLine(entry);
    const last = this.members.at(-1);
    const { timestamp, sequenceNumber } = entry;
    // Members abut like chunks do, so that a number that has no row still belongs to one of them.
    const startSequence = last ? last.endSequence + 1n : this.startSequence;
    this.open ??= {
      startSequence,
      endSequence: sequenceNumber,
      startTime: timestamp,
      endTime: timestamp,
      levelCounts: noTally(),
    };
    this.open.endSequence = sequenceNumber;
    // Earliest and latest, not first and last: late entries stand anywhere.
    if (timestamp < this.open.startTime) this.open.startTime = timestamp;
    if (timestamp > this.open.endTime) this.open.endTime = timestamp;
    this.open.levelCounts[entry.level] += 1n;
    this.lines.push(line);
    this.lineBytes += Buffer.byteLength(line) + 1;
    if (this.lines.length >= rowsPerMember || this.lineBytes >= bytesPerMember) await this.closeMember();
  }

  /** Null when nothing was added. */
  async finish(): Promise<EncodedChunk | null> {
    await this.closeMember();
    const [first] = this.members;
    const last = this.members.at(-1);
    if (!first || !last) return null;
    const file = Buffer.concat(this.parts);
    const levelCounts = noTally();
    for (const member of this.members) {
      for (const level of logLevels) levelCounts[level] += member.levelCounts[level];
    }
    return {
      file,
      sha256: createHash("sha256").update(file).digest("hex"),
      members: this.members,
      startSequence: first.startSequence,
      endSequence: last.endSequence,
      startTime: earliest(this.members.map(({ startTime }) => startTime)),
      endTime: latest(this.members.map(({ endTime }) => endTime)),
      levelCounts,
      logCount: Number(logLevels.reduce((sum, level) => sum + levelCounts[level], 0n)),
      rawBytes: this.rawBytes,
    };
  }

  private async closeMember(): Promise<void> {
    if (!this.open) return;
    const bytes = await pack(`${this.lines.join("\n")}\n`, { level: 6 });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    this.members.push({ ...this.open, offset: this.offset, length: bytes.length, sha256 });
    this.parts.push(bytes);
    this.offset += bytes.length;
    this.rawBytes += this.lineBytes;
    this.lines = [];
    this.lineBytes = 0;
    this.open = null;
  }
}

function earliest(dates: Date[]): Date {
  return new Date(Math.min(...dates.map(Number)));
}

function latest(dates: Date[]): Date {
  return new Date(Math.max(...dates.map(Number)));
}
