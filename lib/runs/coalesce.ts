/** Work under a name, done at most once at a time and at most once in `spacingMs`. */
export class Coalesced {
  private readonly pending = new Map<string, { again: (() => Promise<void>) | null; over: Promise<void> }>();

  constructor(
    private readonly spacingMs: number,
    private readonly failed: (error: unknown, name: string) => void,
  ) {}

  /**
   * At once when nothing was done under this name for a while; otherwise once more, after the pause, however many ask. So
   * there is always one that begins after the last request.
   */
  request(name: string, work: () => Promise<void>): void {
    const known = this.pending.get(name);
    if (known) known.again = work;
    else this.start(name, work);
  }

  /** Until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.pending.size > 0) await Promise.all([...this.pending.values()].map(({ over }) => over));
  }

  private start(name: string, work: () => Promise<void>): void {
    const entry: { again: (() => Promise<void>) | null; over: Promise<void> } = {
      again: null,
      over: Promise.resolve(),
    };
    this.pending.set(name, entry);
    entry.over = this.run(name, work, entry);
  }

  private async run(
    name: string,
    first: () => Promise<void>,
    entry: { again: (() => Promise<void>) | null },
  ): Promise<void> {
    for (let work: (() => Promise<void>) | null = first; work; ) {
      entry.again = null;
      const spacing = pause(this.spacingMs);
      try {
        await work();
      } catch (error) {
        this.failed(error, name);
      }
      await spacing;
      work = entry.again;
    }
    this.pending.delete(name);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
