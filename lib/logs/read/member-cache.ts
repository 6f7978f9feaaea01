import type { ReadEntry } from "../entry-line";

interface Held {
  entries: ReadEntry[];
  bytes: number;
}

/** Members read last, decoded. A page read again, or the next page of the same member, costs no object read. */
export class MemberCache {
  /** In the order of their last use: a Map keeps the order of insertion. */
  private readonly members = new Map<string, Held>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): ReadEntry[] | undefined {
    const held = this.members.get(key);
    if (!held) return undefined;
    this.members.delete(key);
    this.members.set(key, held);
    return held.entries;
  }

  set(key: string, entries: ReadEntry[], bytes: number): void {
    this.remove(key);
    if (bytes > this.maxBytes) return;
    this.members.set(key, { entries, bytes });
    this.bytes += bytes;
    for (const oldest of this.members.keys()) {
      if (this.bytes <= this.maxBytes) break;
      this.remove(oldest);
    }
  }

  get size(): number {
    return this.bytes;
  }

  private remove(key: string): void {
    this.bytes -= this.members.get(key)?.bytes ?? 0;
    this.members.delete(key);
  }
}
