import type { Pattern } from "../patterns/schema";
import type { PatternOrder } from "../patterns/search-params";

/** The patterns that have a text in them, in an order. Equal ones keep the order of their counts. */
export function orderPatterns(
  patterns: readonly Pattern[],
  { order, having }: { order: PatternOrder; having: string },
): Pattern[] {
  const wanted = having.trim().toLowerCase();
  const found = patterns.filter(({ template }) => template.toLowerCase().includes(wanted));
  const key = keys[order];
  return key ? found.sort((a, b) => key(a) - key(b)) : found;
}

const keys: Record<PatternOrder, ((pattern: Pattern) => number) | null> = {
  // As the server lists them.
  rows: null,
  first: ({ first }) => Number(first.sequence),
  last: ({ last }) => -Number(last.sequence),
  new: ({ isNew, first }) => (isNew ? -1e18 : 0) - Number(first.sequence),
};
