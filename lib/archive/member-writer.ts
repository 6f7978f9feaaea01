import { createHash, type Hash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { logLevels } from "@/lib/logs/level";
import type { LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { tallyOf } from "./level-histogram";

export type Member = LogChunkIndex["members"][number];

const rowsPerMember = 1000;
const bytesPerMember = 4 * 1024 * 1024;
/** Members that are compressed beside the one being filled; more would only wait for a thread. */
const mostInFlight = 3;
const firstCapacity = 512 * 1024;
/** Most members come out of the compressor in one piece of this size. */
const chunkSize = 128 * 1024;

const pack = promisify(gzip);

/** Lines to gzip members. Members are compressed on other threads while the next one fills. */
export class MemberWriter {
  readonly members: Member[] = [];
  readonly parts: Buffer[] = [];
  /** Over all members, in their order. */
  readonly hash: Hash = createHash("sha256");
  rawBytes = 0;
  private offset = 0;
  private bytes: Buffer = Buffer.allocUnsafe(firstCapacity);
  /** Buffers whose lines are compressed; memory outside the heap is dear to get and to give back. */
  private readonly free: Buffer[] = [];
  private used = 0;
  private rows = 0;
  private open = emptyRange();
  private readonly inFlight: Promise<void>[] = [];
  private lastCompressed: Promise<void> = Promise.resolve();

  /** Members abut like chunks do, so that a number that has no row still belongs to one of them. */
  constructor(private nextSequence: bigint) {}

  get bufferedBytes(): number {
    return this.used;
  }

  /** A promise when the caller has to wait until members are compressed: a promise a row would cost more than the row. */
  add(entry: LogEntry, line: string): Promise<void> | undefined {
    const { open } = this;
    this.append(line);
    const time = entry.timestamp.getTime();
    // Earliest and latest, not first and last: late entries stand anywhere.
    if (time < open.startTime) open.startTime = time;
    if (time > open.endTime) open.endTime = time;
    const level = logLevels.indexOf(entry.level);
    open.levels[level] = (open.levels[level] ?? 0) + 1;
    open.endSequence = entry.sequenceNumber;
    return ++this.rows >= rowsPerMember || this.used >= bytesPerMember ? this.close() : undefined;
  }

  /** Ends the last member and waits for all of them. */
  async finish(): Promise<void> {
    if (this.rows > 0) await this.close();
    await this.lastCompressed;
  }

  private append(line: string): void {
    // A UTF-16 unit takes three bytes at most.
    const needed = this.used + line.length * 3 + 1;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.used);
      this.bytes = larger;
    }
    this.used += this.bytes.write(line, this.used);
    this.bytes[this.used++] = 0x0a;
  }

  private async close(): Promise<void> {
    const { startTime, endTime, endSequence, levels } = this.open;
    const full = this.bytes;
    const lines = full.subarray(0, this.used);
    const member = {
      startSequence: this.nextSequence,
      endSequence,
      startTime: new Date(startTime),
      endTime: new Date(endTime),
      levelCounts: tallyOf(levels),
    };
    this.nextSequence = endSequence + 1n;
    this.rawBytes += this.used;
    this.bytes = this.free.pop() ?? Buffer.allocUnsafe(firstCapacity);
    this.used = 0;
    this.rows = 0;
    this.open = emptyRange();
    this.compress(lines, member, full);
    if (this.inFlight.length > mostInFlight) await this.inFlight.shift();
  }

  private compress(lines: Buffer, member: Omit<Member, "offset" | "length" | "sha256">, full: Buffer): void {
    const packed = pack(lines, { level: 6, memLevel: 9, chunkSize });
    const before = this.lastCompressed;
    const done = (async () => {
      const bytes = await packed;
      this.free.push(full);
      await before;
      // The system that wrote it, which zlib puts here, is no property of the rows.
      bytes[9] = 0xff;
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      this.members.push({ offset: this.offset, length: bytes.length, ...member, sha256 });
      this.parts.push(bytes);
      this.hash.update(bytes);
      this.offset += bytes.length;
    })();
    // Whoever waits for the last one hears of a failure; until then it is nobody's unhandled rejection.
    done.catch(() => {});
    this.lastCompressed = done;
    this.inFlight.push(done);
  }
}

function emptyRange() {
  return {
    startTime: Number.POSITIVE_INFINITY,
    endTime: Number.NEGATIVE_INFINITY,
    endSequence: -1n,
    levels: logLevels.map(() => 0),
  };
}
