import type { LogRow } from "../schema";

const rowsKept = 2_000;

/** The newest rows of an episode, without a hole between them: what readers of its end share. */
export class RecentRows {
  private readonly rows: { from: bigint; row: LogRow }[] = [];
  /** First number that is kept, and the one behind the last. */
  from: bigint;
  end: bigint;

  constructor(start: bigint) {
    this.from = start;
    this.end = start;
  }

  /** Rows of the numbers from `end` to before `newEnd`. */
  add(rows: LogRow[], newEnd: bigint): void {
    for (const row of rows) this.rows.push({ from: startOf(row), row });
    this.end = newEnd;
    const surplus = this.rows.length - rowsKept;
    if (surplus > 0) this.rows.splice(0, surplus);
    this.from = this.rows[0]?.from ?? newEnd;
  }

  /** Up to `limit` rows from a number that is kept, and where the next ones begin. */
  read(position: bigint, limit: number): { rows: LogRow[]; next: bigint } {
    const at = this.indexOf(position);
    const found = this.rows.slice(at, at + limit).map(({ row }) => row);
    const behind = this.rows[at + limit];
    return { rows: found.map((row) => cutBefore(row, position)), next: behind?.from ?? this.end };
  }

  /** The row that holds `position`; readers stand near the end. */
  private indexOf(position: bigint): number {
    let at = this.rows.length;
    while (at > 0 && (this.rows[at - 1]?.from ?? 0n) >= position) at--;
    const before = this.rows[at - 1]?.row;
    return before?.kind === "gap" && BigInt(before.to) >= position ? at - 1 : at;
  }
}

function startOf(row: LogRow): bigint {
  return BigInt(row.kind === "gap" ? row.from : row.seq);
}

function cutBefore(row: LogRow, position: bigint): LogRow {
  if (row.kind !== "gap" || BigInt(row.from) >= position) return row;
  return { ...row, from: position.toString() };
}
