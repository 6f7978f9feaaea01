import { memo, type ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatClockMs, formatCount } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import type { LogEntryRow } from "@/lib/logs/schema";
import { firstLine } from "@/lib/logs/view/message-parts";
import { wrappedText } from "@/lib/logs/view/wrapped-text";
import { levelBar } from "../level-style";
import { MessageText } from "./message-text";

/** Columns of every row; the widths are set once, on the list. A phone has room for time and message. */
export const rowColumns =
  "grid [grid-template-columns:var(--row-grid,var(--w-seq)_var(--w-time)_82px_minmax(0,1fr))] max-md:grid-cols-[70px_minmax(0,1fr)]";

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
  find: string | RegExp;
  actions?: ReactNode;
  /** The time as it is written; in UTC when nothing is said. `fraction` is left out on a phone. */
  time?: string;
  fraction?: string;
  /** The row came after a pause. */
  late?: boolean;
  /** What stands between time and message, as the names of columns: `source`, or a path in the metadata. */
  columns?: readonly string[];
  /** Values of the paths among the columns; undefined while they are read. */
  values?: readonly (string | null)[];
  /** Three lines instead of one. */
  wrap?: boolean;
  /** The reader marked the row. */
  marked?: boolean;
}

const sourceOnly = ["source"];

/** Remembered: a scroll draws the list anew in every frame, and nearly all of its rows are as they were. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { row, cold, day, selected, find, actions, late, wrap = false, marked } = props;
  const { columns = sourceOnly, time = formatClockMs(row.at).slice(0, 8) } = props;
  const fraction = props.fraction ?? (props.time === undefined ? formatClockMs(row.at).slice(8) : "");
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
      <td
        className={cn(
          "whitespace-nowrap pl-3.5 text-text-2 max-md:pl-2.5 max-md:text-11 max-md:leading-5",
          late && "font-semibold text-warn-text",
        )}
      >
        {late && <span aria-hidden="true" className="absolute inset-x-0 top-0 h-px bg-warn-line" />}
        {day && <span className="text-text-3 max-md:hidden">{day} </span>}
        {time}
        <span className="max-md:hidden">{fraction}</span>
      </td>
      {columns.map((name, index) => (
        <td key={name} className="truncate pr-2 pl-1 text-text-3 max-md:hidden">
          {name === "source" ? row.source : props.values?.[pathIndex(columns, index)]}
        </td>
      ))}
      <td className={cn("min-w-0 pr-4.5 max-md:pr-2.5", !wrap && "flex gap-2", tone[row.level])}>
        <span aria-hidden="true" className={cn("absolute inset-y-px left-0 w-0.75", levelBar[row.level])} />
        <span className="sr-only">{row.level}: </span>
        {wrap ? <Wrapped row={row} find={find} /> : <OneLine row={row} find={find} />}
        {marked && (
          <span className="absolute top-1.5 left-1.25 border-y-4 border-y-transparent border-l-5 border-l-accent">
            <span className="sr-only">marked</span>
          </span>
        )}
        {cold && (
          <span className="absolute top-2 right-1.75 size-1 rounded-full bg-tier-cold max-md:right-0.5">
            <span className="sr-only">from the archive</span>
          </span>
        )}
      </td>
      {actions}
    </>
  );
});

function OneLine({ row, find }: { row: LogEntryRow; find: string | RegExp }) {
  const { text, rest, more } = firstLine(row.message);
  return (
    <>
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
    </>
  );
}

/** As much as three lines hold; the drawer shows the whole. */
function Wrapped({ row, find }: { row: LogEntryRow; find: string | RegExp }) {
  return (
    <span className="line-clamp-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
      <MessageText text={wrappedText(row.message)} find={find} />
    </span>
  );
}

/** Where the values of a column stand: those of paths come in their order, without the source. */
function pathIndex(columns: readonly string[], index: number): number {
  const source = columns.indexOf("source");
  return source >= 0 && source < index ? index - 1 : index;
}

interface LoadingRowProps {
  seq: number;
  width: number;
  columns?: readonly string[];
}

/** A row that is being read: the same height, the same columns. */
export function LoadingRow({ seq, width, columns = sourceOnly }: LoadingRowProps) {
  return (
    <>
      <td className="truncate text-right text-text-3 max-md:hidden">{formatCount(seq)}</td>
      <td className="flex h-5 items-center pl-3.5">
        <span className="h-2 w-18 rounded-1 bg-active" />
      </td>
      {columns.map((name) => (
        <td key={name} className="flex h-5 items-center pl-1 max-md:hidden">
          <span className="h-2 w-12 rounded-1 bg-active" />
        </td>
      ))}
      <td className="flex h-5 items-center pr-4.5">
        <span className="h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
        <span className="sr-only">reading row {formatCount(seq)}</span>
      </td>
    </>
  );
}
