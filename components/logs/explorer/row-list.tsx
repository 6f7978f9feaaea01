"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { type RowRef, seqAt } from "@/lib/logs/view/row-space";
import { rowTime, zonedDay } from "@/lib/logs/view/row-time";
import { GapRow } from "./gap-row";
import { rowGrid, severalDays } from "./list/row-grid";
import { LoadingRow, LogRow, rowColumns } from "./log-row";
import { RowActions } from "./row-actions";
import { SeamRow } from "./seam-row";
import type { Explorer } from "./use-explorer";

interface RowListProps {
  explorer: Explorer;
  find: string | RegExp;
}

export const rowId = (seq: number | string) => `row-${seq}`;

/** The drawn part of the list. However many rows there are, only those around the screen exist. */
export function RowList({ explorer, find }: RowListProps) {
  const { address, params, episode, space, rows, scroll, selected, list } = explorer;
  const [pointed, setPointed] = useState<number | null>(null);
  const { drawn } = scroll;
  const { frame, columns, range } = list;
  const days = severalDays(episode, frame);
  const activeLine = selected === null ? -1 : space.indexOf(selected);
  const activeRow =
    drawn && activeLine >= drawn.first && activeLine <= drawn.last ? seqAt(space, activeLine) : null;
  const archiveHref = `/w/${address.workspace}/archive?episode=${encodeURIComponent(address.episodeId)}`;
  const [firstChosen, lastChosen] = range
    ? [space.indexOf(range.from), space.indexOf(range.to)]
    : [activeLine, activeLine];

  const timeAbove = (index: number) => {
    const nextTo = index > 0 ? space.at(index - 1) : null;
    const above = nextTo?.kind === "seam" && index > 1 ? space.at(index - 2) : nextTo;
    return (above?.kind === "entry" && rows.entry(above.seq)?.at) || null;
  };
  const line = (ref: RowRef, index: number) => {
    if (ref.kind === "seam") return <SeamRow chunks={episode.chunks} asOf={episode.asOf} />;
    if (ref.kind === "gap") {
      const chunk = ref.gap.chunkNumber;
      return (
        <GapRow
          gap={ref.gap}
          chunkHref={chunk === null ? null : `${archiveHref}&chunk=${chunk}`}
          onRetry={rows.retry}
          onDetails={() => explorer.select(ref.gap.from, "nearest")}
          onUnfold={() => explorer.live.unfold(ref.gap.from)}
        />
      );
    }
    const row = rows.entry(ref.seq);
    if (!row) return <LoadingRow seq={ref.seq} width={25 + ((index * 37) % 55)} columns={columns} />;
    const before = frame.clock === "delta" ? timeAbove(index) : null;
    const { text, fraction } = rowTime(row.at, frame, before);
    return (
      <LogRow
        row={row}
        cold={ref.seq <= Number(episode.archivedThrough)}
        day={days ? dayWords(zonedDay(row.at, frame.clock === "local" ? frame.zone : "UTC")) : null}
        time={text}
        fraction={fraction}
        late={before !== null && Date.parse(row.at) - Date.parse(before) >= list.pauseMs}
        columns={columns}
        values={list.values(ref.seq)}
        wrap={params.wrap}
        marked={list.bookmarks.has(ref.seq)}
        selected={ref.seq === selected}
        find={find}
        actions={
          (pointed === ref.seq || selected === ref.seq) && <RowActions row={row} explorer={explorer} />
        }
      />
    );
  };

  return (
    <table
      ref={scroll.scroller}
      onScroll={scroll.onScroll}
      // A click with Shift would choose text from where the last one was.
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => {
        const seq = seqUnder(event.target);
        if (seq === null) return;
        if (event.shiftKey) list.extendTo(seq);
        else if (!choosesText()) list.selectOne(seq);
      }}
      onKeyDown={(event) => {
        const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : null;
        if (by === null) return;
        if (event.shiftKey) list.extendBy(by);
        else list.step(by);
        event.preventDefault();
      }}
      onPointerOver={(event) => setPointed(seqUnder(event.target))}
      onPointerLeave={() => setPointed(null)}
      {...focusableGrid(activeRow)}
      aria-label={`Rows of ${episode.episodeId}`}
      aria-rowcount={space.count}
      style={rowGrid(episode, columns, frame)}
      className="focus-inset mono relative block h-full overflow-x-hidden overflow-y-auto tracking-[-0.012em] [overflow-anchor:none]"
    >
      <tbody aria-hidden="true" className="block" style={{ height: scroll.height }} />
      <tbody
        className="absolute inset-x-0 top-0 block"
        style={{ transform: `translateY(${scroll.blockY}px)` }}
      >
        {drawn &&
          Array.from({ length: drawn.last - drawn.first + 1 }, (_, i) => drawn.first + i).map((index) => {
            const ref = space.at(index);
            const seq = ref.kind === "entry" ? ref.seq : ref.kind === "gap" ? ref.gap.from : null;
            const chosen = index >= firstChosen && index <= lastChosen && ref.kind !== "seam";
            return (
              <tr
                key={seq ?? "seam"}
                id={seq === null ? undefined : rowId(seq)}
                data-seq={seq ?? undefined}
                aria-rowindex={index + 1}
                aria-selected={chosen}
                className={cn(
                  "absolute inset-x-0 whitespace-nowrap leading-5",
                  rowColumns,
                  ref.kind === "entry" && "hover:bg-hover",
                  chosen && "bg-accent-tint hover:bg-accent-tint",
                  index === activeLine && range && "shadow-[inset_0_0_0_1px_var(--accent-line)]",
                  params.wrap && ref.kind !== "entry" && "content-center",
                )}
                style={{ top: scroll.lineY(index), height: scroll.line }}
              >
                {line(ref, index)}
              </tr>
            );
          })}
      </tbody>
    </table>
  );
}

/** One stop of the Tab key; the arrows then walk its rows, of which the selected one is named while it is drawn. */
function focusableGrid(activeRow: number | null) {
  return {
    role: "grid",
    tabIndex: 0,
    "aria-multiselectable": true,
    "aria-activedescendant": activeRow === null ? undefined : rowId(activeRow),
  };
}

/** The row under the pointer; null on a control of a row, which acts for itself. */
function seqUnder(target: EventTarget): number | null {
  if (!(target instanceof Element) || target.closest("button, a")) return null;
  const seq = target.closest<HTMLElement>("[data-seq]")?.dataset.seq;
  return seq === undefined ? null : Number(seq);
}

/** The end of a drag over text is a click, too. */
function choosesText(): boolean {
  return getSelection()?.type === "Range";
}

/** "20 Nov" of "2026-11-20". */
function dayWords(date: string): string {
  return monthDay.format(Date.parse(date));
}
const monthDay = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", timeZone: "UTC" });
