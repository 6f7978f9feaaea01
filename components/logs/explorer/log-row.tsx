import { memo, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatClockMs, formatCount } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import type { LogEntryRow } from "@/lib/logs/schema";
import { firstLine } from "@/lib/logs/view/message-parts";
import { levelBar } from "../level-style";
import { MessageText } from "./message-text";

/** Columns of every row; the widths are set once, on the list. */
export const rowColumns =
  "grid grid-cols-[var(--w-seq)_var(--w-time)_82px_minmax(0,1fr)] max-md:grid-cols-[70px_minmax(0,1fr)]";

const tone: Record<LogLevel, string> = {
  debug: "text-text-2",
  info: "text-text",
  warn: "text-text",
  error: "font-[530] text-text",
  fatal: "font-[530] text-fail-text",
};

interface LogRowProps {
  row: LogEntryRow;
  cold: boolean;
  /** Day in front of the time, when the episode spans several. */
  day: string | null;
  selected: boolean;
  find: string;
  actions?: ReactNode;
}

/** Remembered: a scroll draws the list anew in every frame, and nearly all of its rows are as they were. */
export const LogRow = memo(function LogRow({ row, cold, day, selected, find, actions }: LogRowProps) {
  const { text, rest, more } = firstLine(row.message);
  return (
    <>
      <td
        className={cn(
          "truncate text-right text-text-3 max-md:hidden",
          selected && "font-semibold text-accent-text",
        )}
      >
        {formatCount(row.seq)}
      </td>
      <td className="whitespace-nowrap pl-3.5 text-text-2 max-md:pl-2.5 max-md:text-11 max-md:leading-5">
        {day && <span className="text-text-3 max-md:hidden">{day} </span>}
        {formatClockMs(row.at).slice(0, 8)}
        <span className="max-md:hidden">{formatClockMs(row.at).slice(8)}</span>
      </td>
      <td className="truncate pr-2 pl-1 text-text-3 max-md:hidden" title={row.source ?? undefined}>
        {row.source}
      </td>
      <td className={cn("flex min-w-0 gap-2 pr-4.5 max-md:pr-2.5", tone[row.level])}>
        <span aria-hidden="true" className={cn("absolute inset-y-px left-0 w-0.75", levelBar[row.level])} />
        <span className="sr-only">{row.level}: </span>
        <span className="min-w-0 overflow-hidden text-ellipsis whitespace-pre">
          <MessageText text={text} find={find} />
          {rest && (
            <span className="font-normal text-text-3">
              {" ⏎ "}
              <MessageText text={rest} find={find} plain />
            </span>
          )}
        </span>
        {(more > 0 || row.cut) && (
          <span className="shrink-0 font-sans text-11 text-text-3 leading-5">
            {more > 0 ? `+${more} ${more === 1 ? "line" : "lines"}` : "long"}
          </span>
        )}
        {cold && (
          <span
            title="read from the archive"
            className="absolute top-2 right-1.75 size-1 rounded-full bg-tier-cold max-md:right-0.5"
          />
        )}
      </td>
      {actions}
    </>
  );
});

/** A row that is being read: the same height, the same columns. */
export function LoadingRow({ seq, width }: { seq: number; width: number }) {
  return (
    <>
      <td className="truncate text-right text-text-3 max-md:hidden">{formatCount(seq)}</td>
      <td className="flex items-center pl-3.5">
        <span className="h-2 w-18 rounded-1 bg-active" />
      </td>
      <td className="flex items-center pl-1 max-md:hidden">
        <span className="h-2 w-12 rounded-1 bg-active" />
      </td>
      <td className="flex items-center pr-4.5">
        <span className="h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
        <span className="sr-only">reading row {formatCount(seq)}</span>
      </td>
    </>
  );
}
