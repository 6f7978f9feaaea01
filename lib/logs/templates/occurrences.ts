import { logLevels } from "../level";

/** Where the rows of a template stand in a stretch of rows, and what they are. */
export interface Occurrences {
  lastSequence: bigint;
  /** Times of the first and of the last row, which late rows may put in any order. */
  firstAt: Date;
  lastAt: Date;
  /** Rows by level, in the order of `logLevels`. */
  levels: number[];
  /** Rows by slot: slots are equal parts of the sequence, from the start of the stretch on. */
  slots: number[];
}

/** Enough to see in a line of 100 px when a template came and went. */
const mostSlots = 16;

/** Equal parts of a sequence whose end is not known yet: when they are too many, each two become one. */
export class SlotScale {
  /** Sequence numbers in one slot. */
  width = 16;
  private from: bigint | null = null;

  /** The slot of a number; it may lie beyond what is allowed (`isTooLong`), then everything is to be widened. */
  slotOf(sequence: bigint): number {
    this.from ??= sequence;
    return Math.floor(Number(sequence - this.from) / this.width);
  }

  isTooLong(slot: number): boolean {
    return slot >= mostSlots;
  }

  widen(): void {
    this.width *= 2;
  }
}

/** Notes the rows of one template, which come in ascending sequence. */
export class OccurrenceCounter {
  private readonly levels = logLevels.map(() => 0);
  private slots: number[] = [];
  private lastSequence: bigint;
  private lastAt: number;

  constructor(
    sequence: bigint,
    private readonly firstAt: number,
  ) {
    this.lastSequence = sequence;
    this.lastAt = firstAt;
  }

  note(sequence: bigint, at: number, level: number, slot: number): void {
    this.lastSequence = sequence;
    this.lastAt = at;
    this.levels[level] = (this.levels[level] ?? 0) + 1;
    while (this.slots.length <= slot) this.slots.push(0);
    this.slots[slot] = (this.slots[slot] ?? 0) + 1;
  }

  widen(): void {
    const finer = this.slots;
    this.slots = Array.from(
      { length: Math.ceil(finer.length / 2) },
      (_, n) => (finer[2 * n] ?? 0) + (finer[2 * n + 1] ?? 0),
    );
  }

  toOccurrences(): Occurrences {
    const { lastSequence, firstAt, lastAt, levels, slots } = this;
    return {
      lastSequence,
      firstAt: new Date(firstAt),
      lastAt: new Date(lastAt),
      levels: [...levels],
      slots: [...slots],
    };
  }
}

/** The rows of both, when `later` is a template of the same stretch whose text became the same. */
export function bothOccurrences(one: Occurrences, other: Occurrences, oneIsFirst: boolean): Occurrences {
  const last = other.lastSequence > one.lastSequence ? other : one;
  return {
    lastSequence: last.lastSequence,
    firstAt: oneIsFirst ? one.firstAt : other.firstAt,
    lastAt: last.lastAt,
    levels: added(one.levels, other.levels),
    slots: added(one.slots, other.slots),
  };
}

function added(one: readonly number[], other: readonly number[]): number[] {
  return Array.from(
    { length: Math.max(one.length, other.length) },
    (_, n) => (one[n] ?? 0) + (other[n] ?? 0),
  );
}
