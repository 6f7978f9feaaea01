import { formatClock, formatCount, formatPlural } from "@/lib/format";
import type { PatternList } from "@/lib/logs/patterns/schema";

interface PatternsTotalProps {
  list: PatternList;
  without: readonly string[];
  /** The last look failed: these are the figures of the one before. */
  failed: boolean;
}

/** Whether the counts are those of every row, and of when they are. */
export function PatternsTotal({ list, without, failed }: PatternsTotalProps) {
  const { rows, exact, note, patterns, asOf } = list;
  const left = patterns.filter(({ template }) => without.includes(template));
  const leftRows = left.reduce((sum, { count }) => sum + count, 0);
  return (
    <p
      role="status"
      className="sticky bottom-0 flex min-h-8 flex-wrap items-center gap-x-3 border-line border-t bg-surface px-3 py-1.5 text-12 text-text-2"
    >
      <span>
        The counts add up to <b className="font-medium text-text">{formatPlural(rows, "row")}</b>
        {exact ? ", all of them counted." : "."}
      </span>
      {note && <span className="text-warn-text">{note}</span>}
      {left.length > 0 && (
        <span>
          {formatPlural(left.length, "pattern")} with {formatCount(leftRows)} rows left out of the list of
          rows.
        </span>
      )}
      <span className="ml-auto text-text-3 max-md:ml-0">
        {failed && "Not refreshed. "}As of {formatClock(asOf)} UTC
      </span>
    </p>
  );
}
