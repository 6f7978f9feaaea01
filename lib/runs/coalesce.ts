interface Entry {
  again: (() => Promise<void>) | null;
  over: Promise<void>;
  /** Ends the pause between two times. */
  wake: () => void;
}

/** Work under a name, done at most once at a time and at most once in `spacingMs`. */
export class Coalesced {
  private readonly entries = new Map<string, Entry>();
  private waitingForIdle = 0;

  constructor(
    private readonly spacingMs: number,
    private readonly failed: (error: unknown, name: string) => void,
  ) {}

  /**
   * At once when nothing was done under this name for a while; otherwise once more, after the pause, however many ask. So
   * there is always one that begins after the last request.
   */
  request(name: string, work: () => Promise<void>): void {
    const known = this.entries.get(name);
    if (known) {
      known.again = work;
      return;
    }
    const entry: Entry = { again: null, over: Promise.resolve(), wake: () => {} };
    this.entries.set(name, entry);
    entry.over = this.run(name, work, entry);
  }

  /** Does what was requested without waiting for pauses to end: when the process is about to stop. */
  async idle(): Promise<void> {
    this.waitingForIdle++;
    try {
      while (this.entries.size > 0) {
        const open = [...this.entries.values()];
        for (const { wake } of open) wake();
        await Promise.all(open.map(({ over }) => over));
      }
    } finally {
      this.waitingForIdle--;
    }
  }

  private async run(name: string, first: () => Promise<void>, entry: Entry): Promise<void> {
    for (let work: (() => Promise<void>) | null = first; work; ) {
      entry.again = null;
      const pause = this.pause(entry);
      try {
        await work();
      } catch (error) {
        this.failed(error, name);
      }
      await pause;
      work = entry.again;
    }
    this.entries.delete(name);
  }

  private pause(entry: Entry): Promise<void> {
    if (this.waitingForIdle > 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.spacingMs);
      entry.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
