import type { MemberRows } from "./member-rows";

/** Members read last, unpacked. A page read again, or the next page of the same member, costs no object read. */
export class MemberCache {
  /** In the order of their last use: a Map keeps the order of insertion. */
  private readonly members = new Map<string, MemberRows>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  get(key: string): MemberRows | undefined {
    const held = this.members.get(key);
    if (!held) return undefined;
    this.members.delete(key);
    this.members.set(key, held);
    return held;
  }

  set(key: string, rows: MemberRows): void {
    this.remove(key);
    if (rows.bytes > this.maxBytes) return;
    this.members.set(key, rows);
    this.bytes += rows.bytes;
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
