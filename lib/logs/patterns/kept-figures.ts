/**
 * What was counted of rows that cannot change any more, for as long as there is room: what nobody asked for longest goes
 * first. Several askers of one thing at a time cost one count.
 */
export class KeptFigures<T> {
  private readonly kept = new Map<string, { figures: T; weight: number }>();
  private readonly coming = new Map<string, Promise<T>>();
  private weight = 0;

  constructor(private readonly room: number) {}

  get(key: string): T | null {
    const found = this.kept.get(key);
    if (!found) return null;
    // To the end of those that go next.
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.figures;
  }

  keep(key: string, figures: T, weight: number): void {
    this.forget(key);
    this.kept.set(key, { figures, weight });
    this.weight += weight;
    for (const oldest of this.kept.keys()) {
      if (this.weight <= this.room) break;
      this.forget(oldest);
    }
  }

  forget(key: string): void {
    this.weight -= this.kept.get(key)?.weight ?? 0;
    this.kept.delete(key);
  }

  /** Counts now, together with whoever else asks meanwhile; null as weight keeps nothing. */
  async count(key: string, count: () => Promise<{ figures: T; weight: number | null }>): Promise<T> {
    const known = this.get(key) ?? this.coming.get(key);
    if (known !== undefined) return known;
    const coming = count().then(({ figures, weight }) => {
      if (weight !== null) this.keep(key, figures, weight);
      return figures;
    });
    this.coming.set(key, coming);
    try {
      return await coming;
    } finally {
      this.coming.delete(key);
    }
  }
}
