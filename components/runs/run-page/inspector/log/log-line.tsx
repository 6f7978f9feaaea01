"use client";

import { MessageText } from "@/components/logs/explorer/message-text";
import { cn } from "@/components/ui/cn";
import { formatClockMs, formatCount, formatInstant, formatPlural } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import type { LogEntryRow, LogRow } from "@/lib/logs/schema";
import { firstLine } from "@/lib/logs/view/message-parts";
import { gapWords } from "../log-rows";

const bar: Record<LogLevel, string> = {
  debug: "before:bg-lv-debug",
  info: "before:bg-lv-info",
  warn: "before:bg-lv-warn",
  error: "before:bg-lv-error",
  fatal: "before:bg-lv-fatal",
};

interface LogLineProps {
  row: LogRow;
  wrap: boolean;
  find: string;
  /** The address is about this row. */
  linked: boolean;
  onLink: (seq: string) => void;
}

/** A row of a log: its number is the link to it. */
export function LogLine({ row, wrap, find, linked, onLink }: LogLineProps) {
  if (row.kind === "entry")
    return <Entry row={row} wrap={wrap} find={find} linked={linked} onLink={onLink} />;
  const count = BigInt(row.to) - BigInt(row.from) + BigInt(1);
  return (
    <p className="truncate bg-fail-tint px-4 leading-5 text-fail-text">
      {formatCount(count)} {count === BigInt(1) ? "row" : "rows"} {gapWords[row.reason]}
    </p>
  );
}

function Entry({ row, wrap, find, linked, onLink }: LogLineProps & { row: LogEntryRow }) {
  const { text, more } = firstLine(row.message);
  const grave = row.level === "error" || row.level === "fatal";
  return (
    <div
      data-linked={linked || undefined}
      className={cn(
        "relative flex min-h-5 gap-2 pr-4 pl-4 leading-5 before:absolute before:inset-y-px before:left-0 before:w-[3px] hover:bg-hover",
        bar[row.level],
        linked && "bg-accent-tint hover:bg-accent-tint",
      )}
    >
      <button
        type="button"
        // Too low for a target of its own, and a thousand stops on the way to what follows; "Open in logs" leads there too.
        tabIndex={-1}
        aria-label={`Link to row ${row.seq}`}
        onClick={() => onLink(row.seq)}
        className="w-[6ch] shrink-0 rounded-1 text-right text-text-3 hover:text-accent-text hover:underline max-md:hidden"
      >
        {row.seq}
      </button>
      <time dateTime={row.at} title={formatInstant(row.at)} className="shrink-0 text-text-3">
        <span className="max-md:hidden">{formatClockMs(row.at)}</span>
        <span className="md:hidden">{formatClockMs(row.at).slice(0, 8)}</span>
      </time>
      <p
        className={cn(
          "min-w-0 grow",
          wrap ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "truncate",
          grave && "font-[530]",
          row.level === "fatal" && "text-fail-text",
        )}
      >
        {grave && <span className="sr-only">{row.level}: </span>}
        <MessageText text={wrap ? row.message : text} find={find} />
        {!wrap && more > 0 && <span className="text-text-3"> +{formatPlural(more, "line")}</span>}
        {wrap && row.cut && <span className="text-text-3"> … the whole stands in the log explorer</span>}
      </p>
    </div>
  );
}
