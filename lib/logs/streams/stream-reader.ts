import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogRow } from "../schema";
import { larger, smaller } from "../spans";
import { blockOf, firstOf } from "./block-rows";
import type { StreamRecord } from "./candidates";
import type { Hits } from "./hits";
import { beforeStream, behindStream, type Place, rowOf } from "./place";
import { type Belief, beliefOf } from "./row-keys";
import { Timeline } from "./timeline";

/** A row among those of other streams. */
export interface StreamRow {
  episodeId: string;
  key: number;
  row: LogRow;
}

export interface Reading {
  scope: WorkspaceScope;
  /** Rows behind it in the direction of reading. */
  place: Place;
  ahead: boolean;
  /** Null when every row is wanted. */
  hits: Hits | null;
  now: Date;
}

/** Blocks of a filtered stream that are read at once. */
const blocksAtOnce = 5;
/** Sections and blocks that one step may pass over by their counts. */
const passedAtOnce = 2_000;

/**
 * One stream from a place on, block by block. Until its next row is known, `edge` says where it cannot be before (reading
 * backward: behind), so that a merge opens a stream only when its turn may have come.
 */
export class StreamReader {
  readonly episodeId: string;
  /** Rows read and not yet taken, the next one first. */
  private readonly rows: StreamRow[] = [];
  private readonly belief: Belief;
  private edgeKey: number;
  private timeline: Timeline | null = null;
  /** The next number to look at. */
  private position = 0n;
  private ended = false;

  constructor(
    private readonly reading: Reading,
    readonly record: StreamRecord,
  ) {
    const { place, ahead, now } = reading;
    this.episodeId = record.episodeId;
    this.belief = beliefOf(record.firstLogAt, now);
    const last = Math.min(record.lastLogAt.getTime(), this.belief.limit);
    this.edgeKey = ahead ? Math.max(place.at, this.belief.floor) : Math.min(place.at, last);
  }

  get next(): StreamRow | undefined {
    return this.rows[0];
  }

  take(): StreamRow | undefined {
    return this.rows.shift();
  }

  get isDone(): boolean {
    return this.ended && this.rows.length === 0;
  }

  get edge(): number {
    return this.rows[0]?.key ?? this.edgeKey;
  }

  /** Where reading goes on when this stream has not come to its next row: nothing of it was passed. */
  get restingPlace(): Place {
    const { episodeId, edge } = this;
    if (!this.timeline)
      return this.reading.ahead ? beforeStream(edge, episodeId) : behindStream(edge, episodeId);
    const passed = this.reading.ahead ? this.position - 1n : this.position + 1n;
    return passed < 0n ? beforeStream(edge, episodeId) : { at: edge, episodeId, seq: passed };
  }

  get isOpen(): boolean {
    return this.timeline !== null;
  }

  /** Looks at the next block, or finds the first one. Numbers from `settled` on are left for later. */
  async advance(settled: bigint): Promise<void> {
    if (!this.timeline) {
      this.timeline = await this.open(settled);
      this.ended = !this.isInside(this.timeline);
    }
    if (this.ended) return;
    if (this.reading.hits) await this.stepOverHits(this.timeline, this.reading.hits);
    else await this.stepOverRows(this.timeline);
    this.ended = !this.isInside(this.timeline);
    if (!this.ended) this.edgeKey = await this.edgeAt(this.timeline);
  }

  private async open(settled: bigint): Promise<Timeline> {
    const { scope, place, ahead } = this.reading;
    const { record, belief, episodeId } = this;
    const timeline = await Timeline.of(scope, record, settled, belief);
    const row = place.episodeId === episodeId ? rowOf(place) : null;
    if (row !== null) this.position = ahead ? row + 1n : smaller(row, settled) - 1n;
    else {
      const first = await timeline.firstFrom(place.at + (this.comesBehind(place) ? 0 : 1));
      this.position = ahead ? first : first - 1n;
    }
    return timeline;
  }

  /** Rows of this stream at the very time of the place lie behind the place. */
  private comesBehind(place: Place): boolean {
    if (place.episodeId === this.episodeId) return place.seq < 0n;
    return this.episodeId > place.episodeId;
  }

  private isInside({ settled }: Timeline): boolean {
    return this.position >= 0n && this.position < settled;
  }

  private async edgeAt(timeline: Timeline): Promise<number> {
    const block = blockOf(this.position);
    return timeline.seedOf(this.reading.ahead ? block : block + 1);
  }

  private async stepOverRows(timeline: Timeline): Promise<void> {
    const block = blockOf(this.position);
    this.put(await timeline.rowsOf(block));
    this.position = this.reading.ahead ? firstOf(block + 1) : firstOf(block) - 1n;
  }

  private async stepOverHits(timeline: Timeline, hits: Hits): Promise<void> {
    const { ahead } = this.reading;
    const step = ahead ? 1 : -1;
    for (let passed = 0; passed < passedAtOnce && this.isInside(timeline); passed++) {
      const section = timeline.sectionOf(this.position);
      if (section && this.isAtItsEnd(section) && (await hits.rulesOut(timeline, section))) {
        this.position = ahead ? section.to + 1n : section.from - 1n;
        continue;
      }
      const start = blockOf(this.position);
      const skipped = async (block: number) =>
        section !== undefined && hits.skips(await timeline.blockAt(section, block));
      if (await skipped(start)) {
        this.position = ahead ? firstOf(start + 1) : firstOf(start) - 1n;
        continue;
      }
      let end = start;
      for (let count = 1; count < blocksAtOnce && !(await skipped(end + step)); count++) end += step;
      const [low, high] = ahead ? [start, end] : [end, start];
      const span = {
        from: larger(0n, ahead ? this.position : firstOf(low)),
        to: smaller(ahead ? firstOf(high + 1) - 1n : this.position, timeline.settled - 1n),
      };
      this.put(await hits.read(timeline, span.from, span.to));
      this.position = ahead ? span.to + 1n : span.from - 1n;
      return;
    }
  }

  /** Coming to a section: the one question whether it can hold a hit at all is asked once. */
  private isAtItsEnd({ from, to }: { from: bigint; to: bigint }): boolean {
    const { position } = this;
    return this.reading.ahead
      ? position === from || blockOf(position) === blockOf(from)
      : position === to || blockOf(position) === blockOf(to);
  }

  private put(found: { key: number; row: LogRow }[]): void {
    const { ahead } = this.reading;
    const wanted = found.flatMap(({ key, row }): StreamRow[] => {
      const part = this.cut(row);
      return part ? [{ episodeId: this.episodeId, key, row: part }] : [];
    });
    for (const row of ahead ? wanted : wanted.reverse()) this.rows.push(row);
  }

  /** The part of a row on this side of the position; a gap may reach over it. */
  private cut(row: LogRow): LogRow | null {
    const { ahead } = this.reading;
    if (row.kind === "entry") {
      const seq = BigInt(row.seq);
      return (ahead ? seq >= this.position : seq <= this.position) ? row : null;
    }
    const from = ahead ? larger(BigInt(row.from), this.position) : BigInt(row.from);
    const to = ahead ? BigInt(row.to) : smaller(BigInt(row.to), this.position);
    return from <= to ? { ...row, from: from.toString(), to: to.toString() } : null;
  }
}
