import { memo } from "react";
import { cn } from "@/components/ui/cn";
import type { LogLevel } from "@/lib/logs/level";
import type { MergedEntry } from "@/lib/logs/streams/schema";
import type { StreamColor } from "@/lib/logs/streams/stream-colors";
import { firstLine } from "@/lib/logs/view/message-parts";
import { MessageText } from "../explorer/message-text";
import { levelBar } from "../level-style";
import { StreamDot } from "./stream-dot";

/** Columns of every row; the widths are set once, on the list. */
export const streamColumns =
  "grid grid-cols-[var(--w-stream)_var(--w-time)_minmax(0,1fr)] max-md:grid-cols-[84px_58px_minmax(0,1fr)]";

const tone: Record<LogLevel, string> = {
  debug: "text-text-2",
  info: "text-text",
  warn: "text-text",
  error: "font-[530] text-text",
  fatal: "font-[530] text-fail-text",
};

interface StreamRowProps {
  row: MergedEntry;
  name: string;
  color: StreamColor;
  /** "14:02:11.481" and, when the log spans several days, its day. */
  clock: string;
  day: string | null;
  find: string;
}

/** How far a row's own time may lie from where it stands before it is said. */
const lateMs = 1_000;

/** Remembered: a scroll draws the list anew in every frame, and nearly all of its rows are as they were. */
export const StreamRow = memo(function StreamRow({ row, name, color, clock, day, find }: StreamRowProps) {
  const { text, rest, more } = firstLine(row.message);
  const isLate = Math.abs(row.stands - Date.parse(row.at)) > lateMs;
  return (
    <>
      <td className="flex min-w-0 items-center gap-1.5 pr-2 pl-3 text-text-2 max-md:pl-2 max-md:text-11 max-md:leading-5">
        <StreamDot color={color} />
        <span className="truncate">{name}</span>
      </td>
      <td className="whitespace-nowrap text-text-2 max-md:text-11 max-md:leading-5">
        {day && <span className="text-text-3 max-md:hidden">{day} </span>}
        {clock.slice(0, 8)}
        <span className="max-md:hidden">{clock.slice(8)}</span>
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
        {(more > 0 || row.cut || isLate) && (
          <span className="shrink-0 font-sans text-11 text-text-3 leading-5">
            {[more > 0 ? `+${more} ${more === 1 ? "line" : "lines"}` : row.cut && "long", isLate && "late"]
              .filter(Boolean)
              .join(", ")}
          </span>
        )}
        {row.tier === "cold" && (
          <span
            aria-hidden="true"
            className="absolute top-2 right-1.75 size-1 rounded-full bg-tier-cold max-md:right-0.5"
          />
        )}
      </td>
    </>
  );
});
