"use client";

import { type CSSProperties, useEffect } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import type { ListRow } from "@/lib/logs/streams/list-rows";
import { useTimeFormat } from "../explorer/use-time-format";
import { StreamGapRow } from "./stream-gap-row";
import { StreamRow, streamColumns } from "./stream-row";
import type { StreamLogState } from "./use-stream-log";
import { lineHeight } from "./use-stream-scroll";

/** Rows that are left to either side when the next page is asked for. */
const readAhead = 80;

/** The drawn part of the log of many streams. */
export function StreamList({ log, label }: { log: StreamLogState; label: string }) {
  const { rows, scroll, params, summary } = log;
  const time = useTimeFormat();
  const { list } = rows;
  useReadAhead(log);
  const days = summary.firstAt?.slice(0, 10) !== summary.lastAt?.slice(0, 10);
  const { drawn } = scroll;
  const active = log.selected;
  const line = (row: ListRow) => {
    const [name, color] = [log.nameOf(row.stream), log.colorOf(row.stream)];
    if (row.kind === "gap") return <StreamGapRow gap={row} name={name} color={color} />;
    return (
      <StreamRow
        row={row}
        name={name}
        color={color}
        clock={time.clockMs(row.at)}
        day={days ? time.day(row.at) : null}
        find={params.mode === "regex" ? "" : params.q}
      />
    );
  };
  return (
    <table
      ref={scroll.scroller}
      onScroll={scroll.onScroll}
      onClick={(event) => {
        const place = placeUnder(event.target);
        if (place !== null) log.select(place);
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown") log.step(1);
        else if (event.key === "ArrowUp") log.step(-1);
        else return;
        event.preventDefault();
      }}
      {...focusableGrid(
        active >= 0 && drawn && active >= drawn.first && active <= drawn.last ? active : null,
      )}
      aria-label={label}
      aria-rowcount={summary.total}
      style={widths(days)}
      className="focus-inset mono relative block h-full overflow-x-hidden overflow-y-auto tracking-[-0.012em] [overflow-anchor:none]"
    >
      <tbody aria-hidden="true" className="block" style={{ height: scroll.height }} />
      <tbody className="absolute inset-x-0 top-0 block">
        <EdgeLine top={0}>
          {rows.hasOlder ? (
            <OlderRows log={log} />
          ) : (
            `start of ${formatPlural(log.chosen?.streamCount ?? summary.streamCount, "stream")}`
          )}
        </EdgeLine>
        {drawn &&
          list.slice(drawn.first, drawn.last + 1).map((row, n) => {
            const index = drawn.first + n;
            return (
              <tr
                key={row.place}
                id={rowId(index)}
                data-place={row.place}
                data-stream={row.stream}
                aria-selected={index === active}
                className={cn(
                  "absolute inset-x-0 h-5 whitespace-nowrap",
                  streamColumns,
                  "hover:bg-hover",
                  index === active && "bg-accent-tint hover:bg-accent-tint",
                )}
                style={{ top: (index + 1) * lineHeight }}
              >
                {line(row)}
              </tr>
            );
          })}
        <EdgeLine top={scroll.height - lineHeight}>
          {rows.hasNewer ? "reading later rows" : log.live ? "end of what is written so far" : "last row"}
        </EdgeLine>
      </tbody>
    </table>
  );
}

const rowId = (index: number) => `stream-row-${index}`;

function EdgeLine({ top, children }: { top: number; children: React.ReactNode }) {
  return (
    <tr className="absolute inset-x-0 flex h-5 items-center" style={{ top }}>
      <td className="flex w-full items-center gap-2 px-3 font-sans text-11 text-text-3 tracking-normal max-md:px-2">
        {children}
      </td>
    </tr>
  );
}

function OlderRows({ log: { rows } }: { log: StreamLogState }) {
  if (rows.stopped) {
    return (
      <Button variant="ghost" size="sm" className="h-5" onClick={rows.goOn}>
        Look further back
      </Button>
    );
  }
  return <>reading earlier rows</>;
}

/** Reads on before the reader comes to an end of what is there. One page at a time: a second would end the first. */
function useReadAhead({ rows, scroll }: StreamLogState): void {
  const { list, fetching, error, stopped, hasOlder, hasNewer } = rows;
  const { seen } = scroll;
  const idle = !fetching && !error && !stopped && seen !== null;
  const nearStart = idle && hasOlder && seen.first < readAhead;
  const nearEnd = idle && hasNewer && seen.last > list.length - readAhead;
  const empty = !fetching && !error && !stopped && list.length === 0;
  const wantsOlder = nearStart || (empty && hasOlder);
  const wantsNewer = !wantsOlder && (nearEnd || (empty && hasNewer));
  const { readOlder, readNewer } = rows;
  useEffect(() => {
    if (wantsOlder) readOlder();
    else if (wantsNewer) readNewer();
  });
}

/** One stop of the Tab key; the arrows then walk its rows, of which the selected one is named while it is drawn. */
function focusableGrid(active: number | null) {
  return {
    role: "grid",
    tabIndex: 0,
    "aria-activedescendant": active === null ? undefined : rowId(active),
  };
}

function placeUnder(target: EventTarget): string | null {
  if (!(target instanceof Element) || target.closest("button, a")) return null;
  return target.closest<HTMLElement>("[data-place]")?.dataset.place ?? null;
}

function widths(days: boolean): CSSProperties & Record<`--${string}`, string> {
  return { "--w-stream": "184px", "--w-time": days ? "146px" : "100px" };
}
