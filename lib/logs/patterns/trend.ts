import type { TemplateSource } from "./row-figures";
import { trendParts } from "./schema";

/** Rows of one pattern along the sequence of its episode. Where only a stretch is known, they are spread over it. */
export class Trend {
  private readonly parts = Array.from({ length: trendParts }, () => 0);
  private readonly width: number;

  constructor(end: number) {
    this.width = Math.max(1, end) / trendParts;
  }

  add({ from, to, slotWidth }: TemplateSource, count: number, slots: readonly number[] | undefined): void {
    if (!slots || slotWidth === undefined) {
      this.spread(Number(from), Number(to) + 1, count);
      return;
    }
    for (const [slot, rows] of slots.entries()) {
      const start = Number(from) + slot * slotWidth;
      this.spread(start, Math.min(start + slotWidth, Number(to) + 1), rows);
    }
  }

  toParts(): number[] {
    return this.parts.map((rows) => Math.round(rows * 100) / 100);
  }

  private spread(start: number, end: number, rows: number): void {
    if (rows === 0 || end <= start) return;
    const last = Math.min(trendParts - 1, Math.floor((end - 1) / this.width));
    for (let part = Math.floor(start / this.width); part <= last; part++) {
      const inside = Math.min(end, (part + 1) * this.width) - Math.max(start, part * this.width);
      this.parts[part] = (this.parts[part] ?? 0) + (rows * inside) / (end - start);
    }
  }
}
