import { day } from "@/lib/time";

/** As far away from all others as this, a time is a mistake of its producer's clock: 1970, 2099. */
const farMs = 30 * day;
/** And so many times the length of all others, so that the quiet end of a long log is none. */
const farShare = 20;

export interface TimeRange {
  first: number;
  last: number;
}

/** Nothing in so short a range can be far from the rest. */
export const mayHaveStrays = ({ first, last }: TimeRange) => last - first > farMs;

/**
 * The range in which the moments lie, but for those far away from all others. Grown from the middle one, so that it is where
 * most of them are, whichever side the strays are on.
 */
export function withoutStrays(moments: number[]): TimeRange | null {
  const sorted = Float64Array.from(moments).sort();
  const middle = Math.floor(sorted.length / 2);
  let [low, high] = [middle, middle];
  const at = (index: number) => sorted[index] ?? 0;
  if (sorted.length === 0) return null;
  for (;;) {
    const near = Math.max(farMs, (at(high) - at(low)) * farShare);
    const [lowest, highest] = [low, high];
    while (low > 0 && at(low) - at(low - 1) <= near) low--;
    while (high < sorted.length - 1 && at(high + 1) - at(high) <= near) high++;
    // A longer range makes what was far a little nearer.
    if (low === lowest && high === highest) return { first: at(low), last: at(high) };
  }
}
