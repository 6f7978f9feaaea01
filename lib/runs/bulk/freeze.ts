import type { RunFilter } from "../list/filters";
import { momentIn } from "../list/match";

/** A filter that means the same whenever it is read: its times are instants, and nothing made after `at` is within it. */
export function frozenFilter(filter: RunFilter, at: Date): RunFilter {
  // The end is not within a range; a run made at this very moment was seen by the preview.
  const end = new Date(at.getTime() + 1);
  const until = momentIn(filter.until, at);
  return {
    ...filter,
    since: momentIn(filter.since, at)?.toISOString() ?? null,
    until: (until && until < end ? until : end).toISOString(),
  };
}
