import { fromLine, type ReadEntry } from "../entry-line";
import type { Span } from "../spans";
import { windowsOf } from "./line-windows";

const numberStart = '{"sequenceNumber":'.length;

/** The rows of a member, as lines in order. A page wants a fifth of them, so a line is read when it is asked for. */
export class MemberRows {
  private readonly entries: (ReadEntry | undefined)[];

  private constructor(
    private readonly lines: string[],
    /** About what they take in memory: the text, and an object around each line. */
    readonly bytes: number,
  ) {
    this.entries = new Array(lines.length);
  }

  static ofLines(bytes: Buffer): MemberRows {
    const lines = [...windowsOf(bytes)].flatMap((text) => text.split("\n").filter(Boolean));
    return new MemberRows(lines, bytes.length * 2 + lines.length * 300);
  }

  /** The rows of a range, ascending. */
  within({ from, to }: Span): ReadEntry[] {
    const found: ReadEntry[] = [];
    for (let index = this.firstFrom(from); index < this.entries.length; index++) {
      if (this.numberOf(index) > to) break;
      found.push(this.entryAt(index));
    }
    return found;
  }

  /** The place of the first row with this number or a higher one. */
  private firstFrom(number: bigint): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.numberOf(middle) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private numberOf(index: number): bigint {
    const line = this.lines[index] ?? "";
    return BigInt(line.slice(numberStart, line.indexOf(",", numberStart)));
  }

  private entryAt(index: number): ReadEntry {
    const entry = this.entries[index] ?? fromLine(this.lines[index] ?? "");
    this.entries[index] = entry;
    return entry;
  }
}
