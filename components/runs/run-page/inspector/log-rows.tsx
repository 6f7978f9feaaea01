import { cn } from "@/components/ui/cn";
import { formatClockMs, formatCount, formatInstant, formatPlural } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import type { LogEntryRow, LogGapRow, LogRow } from "@/lib/logs/schema";
import { firstLine, messageParts } from "@/lib/logs/view/message-parts";

const bar: Record<LogLevel, string> = {
  debug: "before:bg-lv-debug",
  info: "before:bg-lv-info",
  warn: "before:bg-lv-warn",
  error: "before:bg-lv-error",
  fatal: "before:bg-lv-fatal",
};

/** Rows of a log as the inspector shows them: level, time, first line. The whole of a row stands in the log explorer. */
export function LogRows({ rows }: { rows: readonly LogRow[] }) {
  return (
    <ol className="mono pt-1 tracking-[-0.015em]">
      {rows.map((row) =>
        row.kind === "entry" ? <EntryRow key={row.seq} row={row} /> : <GapRow key={row.from} row={row} />,
      )}
    </ol>
  );
}

function EntryRow({ row }: { row: LogEntryRow }) {
  const { text, more } = firstLine(row.message);
  const grave = row.level === "error" || row.level === "fatal";
  return (
    <li
      className={cn(
        "relative grid grid-cols-[92px_minmax(0,1fr)] pl-2.5 before:absolute before:inset-y-px before:left-0 before:w-[3px] max-md:mb-0.75 max-md:grid-cols-[62px_minmax(0,1fr)]",
        bar[row.level],
      )}
    >
      <time dateTime={row.at} title={formatInstant(row.at)} className="text-text-3">
        <span className="max-md:hidden">{formatClockMs(row.at)}</span>
        <span className="md:hidden">{formatClockMs(row.at).slice(0, 8)}</span>
      </time>
      <p
        className={cn(
          "truncate max-md:whitespace-normal max-md:leading-4.5 max-md:[overflow-wrap:anywhere]",
          grave && "font-[530]",
          row.level === "fatal" && "text-fail-text",
        )}
      >
        {grave && <span className="sr-only">{row.level}: </span>}
        <MessageText text={text} />
        {more > 0 && <span className="text-text-3"> +{formatPlural(more, "line")}</span>}
      </p>
    </li>
  );
}

/** Numbers, paths and ids stand out: they are what differs between two rows of one kind. */
function MessageText({ text }: { text: string }) {
  let at = 0;
  return messageParts(text).map((part) => {
    const key = at;
    at += part.text.length;
    return (
      <span key={key} className={part.kind === "value" ? "text-log-var" : undefined}>
        {part.text}
      </span>
    );
  });
}

export const gapWords: Record<LogGapRow["reason"], string> = {
  never_written: "were never written",
  damaged: "are damaged in the archive",
  missing: "are missing from the archive",
  expired: "were deleted by the retention of this workspace",
  unreadable: "cannot be read just now",
  in_flight: "are being written",
};

function GapRow({ row }: { row: LogGapRow }) {
  const count = BigInt(row.to) - BigInt(row.from) + BigInt(1);
  return (
    <li className="my-0.5 truncate bg-fail-tint pl-2.5 text-fail-text" title={row.detail}>
      {formatCount(count)} {count === BigInt(1) ? "row" : "rows"} {gapWords[row.reason]} ({row.from} to{" "}
      {row.to})
    </li>
  );
}
