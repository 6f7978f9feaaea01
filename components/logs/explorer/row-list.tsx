"use client";

import { type CSSProperties, useState } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { type RowRef, type RowSpace, seqAt } from "@/lib/logs/view/row-space";
import { GapRow } from "./gap-row";
import { LoadingRow, LogRow, rowColumns } from "./log-row";
import { RowActions } from "./row-actions";
import { SeamRow } from "./seam-row";
import type { RowScroll } from "./use-row-scroll";
import type { Rows } from "./use-stream";

interface RowListProps {
  label: string;
  episode: EpisodeSummary;
  space: RowSpace;
  rows: Rows;
  scroll: RowScroll;
  selected: number | null;
  find: string | RegExp;
  archiveHref: string;
  linkTo: (seq: string) => string;
  onSelect: (seq: number) => void;
  onStep: (by: 1 | -1) => void;
}

export const rowId = (seq: number | string) => `row-${seq}`;

/** The drawn part of the list. However many rows there are, only those around the screen exist. */
export function RowList(props: RowListProps) {
  const { episode, space, rows, scroll, selected, find, archiveHref } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const { drawn } = scroll;
  const day = dayOf(episode);
  const activeLine = selected === null ? -1 : space.indexOf(selected);
  const activeRow =
    drawn && activeLine >= drawn.first && activeLine <= drawn.last ? seqAt(space, activeLine) : null;

  const line = (ref: RowRef, index: number) => {
    if (ref.kind === "seam") return <SeamRow chunks={episode.chunks} asOf={episode.asOf} />;
    if (ref.kind === "gap") {
      const chunk = ref.gap.chunkNumber;
      const href = `${archiveHref}${chunk === null ? "" : `&chunk=${chunk}`}`;
      return <GapRow gap={ref.gap} chunkHref={href} onRetry={rows.retry} />;
    }
    const row = rows.entry(ref.seq);
    if (!row) return <LoadingRow seq={ref.seq} width={25 + ((index * 37) % 55)} />;
    return (
      <LogRow
        row={row}
        cold={ref.seq <= Number(episode.archivedThrough)}
        day={day?.(row.at) ?? null}
        selected={ref.seq === selected}
        find={find}
        actions={
          (pointed === ref.seq || selected === ref.seq) && (
            <RowActions message={row.message} link={props.linkTo(row.seq)} seq={formatCount(row.seq)} />
          )
        }
      />
    );
  };

  return (
    <table
      ref={scroll.scroller}
      onScroll={scroll.onScroll}
      onClick={(event) => {
        const seq = seqUnder(event.target);
        if (seq !== null) props.onSelect(seq);
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown") props.onStep(1);
        else if (event.key === "ArrowUp") props.onStep(-1);
        else return;
        event.preventDefault();
      }}
      onPointerOver={(event) => setPointed(seqUnder(event.target))}
      onPointerLeave={() => setPointed(null)}
      {...focusableGrid(activeRow)}
      aria-label={props.label}
      aria-rowcount={space.count}
      style={widths(episode)}
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
            return (
              <tr
                key={seq ?? "seam"}
                id={seq === null ? undefined : rowId(seq)}
                data-seq={seq ?? undefined}
                aria-rowindex={index + 1}
                aria-selected={index === activeLine}
                className={cn(
                  "absolute inset-x-0 h-5 whitespace-nowrap",
                  rowColumns,
                  ref.kind === "entry" && "hover:bg-hover",
                  index === activeLine && "bg-accent-tint hover:bg-accent-tint",
                )}
                style={{ top: scroll.lineY(index) }}
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
    "aria-activedescendant": activeRow === null ? undefined : rowId(activeRow),
  };
}

/** The row under the pointer; null on a control of a row, which acts for itself. */
function seqUnder(target: EventTarget): number | null {
  if (!(target instanceof Element) || target.closest("button, a")) return null;
  const seq = target.closest<HTMLElement>("[data-seq]")?.dataset.seq;
  return seq === undefined ? null : Number(seq);
}

/** Wide enough for the largest number; a day before the time only when there are several. */
function widths(episode: EpisodeSummary): CSSProperties & Record<`--${string}`, string> {
  const digits = formatCount(episode.nextSequenceNumber).length;
  return { "--w-seq": `${Math.max(40, digits * 7 + 12)}px`, "--w-time": dayOf(episode) ? "152px" : "106px" };
}

function dayOf({ firstAt, lastAt }: EpisodeSummary): ((at: string) => string) | null {
  if (!firstAt || !lastAt || firstAt.slice(0, 10) === lastAt.slice(0, 10)) return null;
  return (at) => monthDay.format(Date.parse(at));
}
const monthDay = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", timeZone: "UTC" });
