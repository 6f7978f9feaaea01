import { Kbd } from "@/components/ui/kbd";
import { formatClock, formatCount, formatPlural } from "@/lib/format";
import { useTimeFormat } from "../explorer/use-time-format";
import type { StreamLogState } from "./use-stream-log";

/** Where one is: the time and stream of the row, and out of how many. */
export function StreamStatus({ log }: { log: StreamLogState }) {
  const { rows, scroll, selected, chosen, summary, stale } = log;
  const time = useTimeFormat();
  const row = rows.list[selected >= 0 ? selected : (scroll.seen?.first ?? 0)];
  const shown = chosen ?? summary;
  const seq = row && (row.kind === "entry" ? row.seq : row.from);
  return (
    <footer className="flex h-7 shrink-0 items-center gap-4 whitespace-nowrap border-line border-t bg-canvas px-3 text-12 text-text-2 max-md:gap-2.5 max-md:px-2.5 max-md:text-11">
      {row && seq !== undefined && (
        <span className="min-w-0 truncate">
          <b className="font-medium text-text">
            {time.day(row.stands)} {time.clock(row.stands)}
          </b>
          <span className="max-md:hidden">
            , row <b className="font-medium text-text">{formatCount(seq)}</b> of {log.nameOf(row.stream)}
          </span>
        </span>
      )}
      <span>
        {formatPlural(shown.total, "row")} in {formatPlural(shown.streamCount, "stream")}
      </span>
      <span className={stale ? "font-medium text-warn-text" : "max-md:hidden"}>
        {stale && "reconnecting, "}as of {formatClock(summary.asOf)} UTC
      </span>
      <span className="ml-auto flex gap-3 text-text-3 max-lg:hidden">
        <span>
          <Kbd>f</Kbd> filter
        </span>
        <span>
          <Kbd>j</Kbd> <Kbd>k</Kbd> next, previous row
        </span>
        <span>
          <Kbd>?</Kbd> all keys
        </span>
      </span>
    </footer>
  );
}
