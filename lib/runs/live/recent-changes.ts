import type { RunChanges } from "./events";

/** The last changes of a run, in order: what readers of its end share. Bounded; who is behind it reads the run anew. */
export class RecentChanges {
  private readonly kept: RunChanges[] = [];
  private taskCount = 0;
  /** Places count up for the life of a process: `from` is the first that is kept, `end` the next to come. */
  from = 0;
  end = 0;

  constructor(private readonly most: { events: number; tasks: number } = { events: 200, tasks: 2_000 }) {}

  add(changes: RunChanges): void {
    this.kept.push(changes);
    this.taskCount += changes.tasks.length;
    this.end++;
    while (this.kept.length > this.most.events || this.taskCount > this.most.tasks) this.forgetOldest();
  }

  /** So much happened at once that nobody is told of it: everybody reads anew. */
  skip(): void {
    while (this.kept.length > 0) this.forgetOldest();
    this.end++;
    this.from = this.end;
  }

  /** All from a place on; null when some of it is not kept any more. */
  since(place: number): RunChanges[] | null {
    return place < this.from ? null : this.kept.slice(place - this.from);
  }

  private forgetOldest(): void {
    const oldest = this.kept.shift();
    if (!oldest) return;
    this.taskCount -= oldest.tasks.length;
    this.from++;
  }
}
