/** Items of which the first by `before` is always at hand. */
export class Heap<T> {
  private readonly items: T[] = [];

  constructor(private readonly before: (a: T, b: T) => boolean) {}

  get first(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapped(at, parent)) return;
      at = parent;
    }
  }

  pop(): T | undefined {
    const [first] = this.items;
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return first;
    this.items[0] = last;
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const child = this.isBefore(right, left) ? right : left;
      if (!this.swapped(child, at)) return first;
      at = child;
    }
  }

  private isBefore(at: number, other: number): boolean {
    const [a, b] = [this.items[at], this.items[other]];
    return a !== undefined && b !== undefined && this.before(a, b);
  }

  /** Puts `at` in the place of `parent` when it belongs before it. */
  private swapped(at: number, parent: number): boolean {
    const [a, b] = [this.items[at], this.items[parent]];
    if (a === undefined || b === undefined || !this.before(a, b)) return false;
    this.items[at] = b;
    this.items[parent] = a;
    return true;
  }
}
