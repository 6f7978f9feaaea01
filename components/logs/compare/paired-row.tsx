import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPlural } from "@/lib/format";
import { differs, type PairedLine } from "@/lib/logs/compare/aligned-page";
import { formatElapsed } from "@/lib/logs/compare/elapsed";
import type { LogRow } from "@/lib/logs/schema";
import { firstLine } from "@/lib/logs/view/message-parts";
import { MessageText } from "../explorer/message-text";
import { levelBar } from "../level-style";

/** A, the time between both, B. On a phone one pane: a line of either side says which it is. */
export const pairColumns =
  "absolute inset-x-0 grid h-5 grid-cols-[minmax(0,1fr)_72px_minmax(0,1fr)] whitespace-nowrap max-md:grid-cols-[minmax(0,1fr)]";

/** When the first row of either side was, in ms; null for a side without rows. */
export interface Starts {
  a: number | null;
  b: number | null;
}

interface PairedRowProps {
  line: PairedLine;
  starts: Starts;
  /** The difference that was jumped to. */
  current: boolean;
}

export const PairedRow = memo(function PairedRow({ line, starts, current }: PairedRowProps) {
  const { a, b } = line;
  const different = differs(line);
  const look = cn(different && "bg-hover", current && "bg-accent-tint");
  return (
    <>
      <Half
        row={a}
        side="a"
        start={starts.a}
        className={cn(look, !a && "max-md:hidden")}
        different={different}
      />
      <td className="border-line border-x bg-canvas px-1 text-center text-11 text-text-3 leading-5 max-md:hidden">
        {driftOf(line, starts)}
      </td>
      <Half
        row={b}
        side="b"
        start={starts.b}
        className={cn(look, a && "max-md:hidden")}
        different={different}
      />
    </>
  );
});

interface HalfProps {
  row: LogRow | null;
  side: "a" | "b";
  start: number | null;
  different: boolean;
  className: string;
}

function Half({ row, side, start, different, className }: HalfProps) {
  if (!row) {
    return (
      <td className="bg-hatch-queued">
        <span className="sr-only">nothing in {side.toUpperCase()}</span>
      </td>
    );
  }
  if (row.kind === "gap") {
    const rows = Number(row.to) - Number(row.from) + 1;
    return (
      <td className="truncate bg-warn-tint px-3 font-sans text-12 tracking-normal">
        <b className="font-semibold text-warn-text">{formatPlural(rows, "row")} cannot be compared</b>{" "}
        <span className="text-text-2">{row.detail}</span>
      </td>
    );
  }
  const { text, rest } = firstLine(row.message);
  return (
    <td
      className={cn(
        "relative grid min-w-0 grid-cols-[64px_84px_minmax(0,1fr)] max-md:grid-cols-[20px_64px_minmax(0,1fr)]",
        className,
      )}
    >
      <span aria-hidden="true" className={cn("absolute inset-y-px left-0 w-0.75", levelBar[row.level])} />
      <span className="truncate pr-1 text-right text-text-3 max-md:hidden">{formatCount(row.seq)}</span>
      <span className="pl-1.5 font-semibold md:hidden">{different ? side.toUpperCase() : ""}</span>
      <span className="truncate pr-2 text-right text-text-2">
        {start === null ? "" : formatElapsed(Date.parse(row.at) - start)}
      </span>
      <span
        className={cn(
          "min-w-0 overflow-hidden text-ellipsis whitespace-pre pr-3",
          row.level === "debug" && "text-text-2",
          row.level === "error" && "font-[530]",
          row.level === "fatal" && "font-[530] text-fail-text",
        )}
      >
        <span className="sr-only">
          {different ? `only in ${side.toUpperCase()}, ` : ""}
          {row.level}:{" "}
        </span>
        <MessageText text={rest ? `${text} ⏎ ${rest}` : text} find="" />
      </span>
    </td>
  );
}

/** How much later B says what A said, each counted from its own first row. */
function driftOf({ a, b }: PairedLine, starts: Starts) {
  if (a?.kind !== "entry" || b?.kind !== "entry" || starts.a === null || starts.b === null) return null;
  const drift = Date.parse(b.at) - starts.b - (Date.parse(a.at) - starts.a);
  return drift < 0 ? formatElapsed(drift) : `+${formatElapsed(drift)}`;
}
