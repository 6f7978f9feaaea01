import "server-only";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { type Claimant, claimable, claimFirst, claimTask, lineOrder, type Queue } from "./claim";

/** So many tasks in a row, and there may be a long line. Where there was none, it takes longer until one is looked for again. */
const longRow = 16;
const longestRow = 512;
const lookAhead = 64;
/** What became urgent meanwhile waits no longer than this. */
const freshMs = 500;

/**
 * The claims of one worker, one after the other. Where a line is long it is read ahead by its index, and its tasks are claimed by
 * their ids: an engine that sorts for a `findOneAndUpdate` would sort the whole line for each. What is read ahead is a hint and
 * no claim: whoever takes a task proves with the same write that it still waits, so no task is taken twice (I4).
 */
export class ClaimLine {
  private ahead: string[] = [];
  private freshUntil = 0;
  private row = 0;
  private rowToLook = longRow;

  constructor(
    private readonly queue: Queue,
    private readonly claimant: Claimant,
  ) {}

  /** The most urgent task, as far as this worker knows. Null when nothing waits. */
  async next(): Promise<RunTask | null> {
    const known = await this.fromAhead();
    if (known) return known;
    if (this.row >= this.rowToLook) {
      await this.readAhead();
      const read = await this.fromAhead();
      if (read) return read;
    }
    const task = await claimFirst(this.queue, this.claimant);
    this.row = task ? this.row + 1 : 0;
    return task;
  }

  private async fromAhead(): Promise<RunTask | null> {
    if (performance.now() > this.freshUntil) this.ahead = [];
    for (let id = this.ahead.shift(); id !== undefined; id = this.ahead.shift()) {
      const task = await claimTask(this.queue, id, this.claimant);
      if (task) return task;
    }
    return null;
  }

  private async readAhead(): Promise<void> {
    const lines = await Promise.all(this.claimant.executors.map((executor) => this.lineOf(executor)));
    const line = lines.flat().toSorted(byUrgency);
    this.freshUntil = performance.now() + freshMs;
    this.ahead = line.slice(0, lookAhead).map(({ _id }) => _id);
    const isShort = line.length < lookAhead;
    if (isShort) this.row = 0;
    this.rowToLook = isShort ? Math.min(2 * this.rowToLook, longestRow) : longRow;
  }

  /** Equality on the executor: the index then has the tasks in their order. */
  private lineOf(executor: string): Promise<RunTask[]> {
    const filter = { ...claimable(this.claimant), executorType: executor };
    return this.queue.look(filter, {
      projection: { priority: 1, queuedAt: 1 },
      sort: lineOrder,
      limit: lookAhead,
    });
  }
}

function byUrgency(a: RunTask, b: RunTask): number {
  return (
    b.priority - a.priority ||
    (a.queuedAt?.getTime() ?? 0) - (b.queuedAt?.getTime() ?? 0) ||
    (a._id < b._id ? -1 : 1)
  );
}
