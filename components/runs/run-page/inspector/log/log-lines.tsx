"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { type LogWindow, mostRows, seqOf } from "@/lib/runs/log-window";
import { runPageParams } from "@/lib/runs/run-page-params";
import { LogLine } from "./log-line";

const rowHeight = 20;
/** So near to an end one is there. */
const near = 40;

interface LogLinesProps {
  window: LogWindow;
  /** Whether rows before the first are on their way. */
  reading: "no" | "yes" | "failed";
  onReadBack: () => void;
}

/** Rows in a window that scrolls: it stays at the end while one is there, and where one reads otherwise. */
export function LogLines({ window: { rows, older }, reading, onReadBack }: LogLinesProps) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const [{ wrap, find, line }, setParams] = useQueryStates(runPageParams);
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(line === null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => keyOf(rows[index]), [rows]),
    overscan: 20,
  });

  // Lines that are broken have other heights.
  useEffect(() => {
    if (!wrap) virtualizer.measure();
  }, [virtualizer, wrap]);

  const anchor = useRef<string | null>(null);
  const first = keyOf(rows[0]);
  useLayoutEffect(() => {
    const known = anchor.current;
    anchor.current = first;
    if (known === null || known === first) return;
    // Rows were put in front: what one read stays under the eye.
    const moved = rows.findIndex((row) => keyOf(row) === known);
    const offset = moved > 0 ? virtualizer.getOffsetForIndex(moved, "start") : undefined;
    if (offset) virtualizer.scrollToOffset(offset[0] + (virtualizer.scrollOffset ?? 0));
  }, [rows, first, virtualizer]);

  const last = keyOf(rows.at(-1));
  useLayoutEffect(() => {
    if (atEnd && last !== "") virtualizer.scrollToIndex(rows.length - 1, { align: "end" });
  }, [atEnd, last, rows.length, virtualizer]);

  const opened = useRef(false);
  useLayoutEffect(() => {
    if (opened.current || line === null) return;
    opened.current = true;
    const index = rows.findIndex((row) => row.kind === "entry" && row.seq === line);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "center" });
  }, [rows, line, virtualizer]);

  const onScroll = () => {
    const box = scroller.current;
    if (!box) return;
    setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < near);
    if (box.scrollTop < near * 4) onReadBack();
  };
  return (
    <div className="relative flex min-h-0 grow flex-col max-md:h-[60dvh]">
      <div
        ref={scroller}
        onScroll={onScroll}
        className="min-h-0 grow overflow-y-auto overflow-x-hidden overscroll-contain [overflow-anchor:none]"
      >
        <Beginning older={older} rows={rows.length} reading={reading} onReadBack={onReadBack} />
        <ol
          aria-label="Log"
          style={{ height: virtualizer.getTotalSize() }}
          className="mono relative tracking-[-0.015em]"
        >
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <li
                key={key}
                ref={wrap ? virtualizer.measureElement : undefined}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogLine
                  row={row}
                  wrap={wrap}
                  find={find}
                  linked={row.kind === "entry" && row.seq === line}
                  onLink={(seq) => setParams({ line: seq }, { history: "replace" })}
                />
              </li>
            );
          })}
        </ol>
      </div>
      {!atEnd && (
        <Button
          size="sm"
          onClick={() => virtualizer.scrollToIndex(rows.length - 1, { align: "end" })}
          className="absolute right-4 bottom-2 shadow-overlay"
        >
          <ArrowDown size={13} aria-hidden="true" />
          Jump to end
        </Button>
      )}
    </div>
  );
}

interface BeginningProps extends Pick<LogLinesProps, "reading" | "onReadBack"> {
  older: string | null;
  rows: number;
}

/** Over the first row that is here: what is before it. Its height never changes. */
function Beginning({ older, rows, reading, onReadBack }: BeginningProps) {
  return (
    <p className="flex h-7 items-center gap-2 px-4 text-12 text-text-3">
      {older === null
        ? "The log begins here."
        : rows >= mostRows
          ? "Rows before these stand in the log explorer."
          : reading === "failed"
            ? "Earlier rows could not be read."
            : reading === "yes"
              ? "Reading earlier rows"
              : "There are earlier rows."}
      {older !== null && reading !== "yes" && rows < mostRows && (
        <button
          type="button"
          onClick={onReadBack}
          className="rounded-1 font-medium text-accent-text hover:underline"
        >
          Read them
        </button>
      )}
    </p>
  );
}

function keyOf(row: LogWindow["rows"][number] | undefined): string {
  return row ? String(seqOf(row)) : "";
}
