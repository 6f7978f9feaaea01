"use client";

import { Fragment, type KeyboardEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import type { ChunkState, StripCell } from "@/lib/archive/schema";
import { numbersOf } from "@/lib/archive/strip-cells";
import { formatCount, formatPlural } from "@/lib/format";
import { chunkLook } from "../archive-look";

/** What one cell on screen stands for: a chunk, a hole, or neighbours folded together. */
export interface StripItem {
  key: number;
  cells: readonly StripCell[];
  state: ChunkState | "hole";
}

interface CellLinesProps {
  label: string;
  items: readonly StripItem[];
  perLine: number;
  /** Index of the chosen item, or -1. */
  chosen: number;
  onChoose: (at: number) => void;
  onPoint: (pointed: { item: StripItem; x: number } | null) => void;
}

/** Cells in lines, each as wide as its rows. One of them is in the tab order; the arrow keys move between them. */
export function CellLines({ label, items, perLine, chosen, onChoose, onPoint }: CellLinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const lines = Array.from({ length: Math.ceil(items.length / perLine) }, (_, line) => line * perLine);
  const tabStop = chosen >= 0 ? chosen : 0;

  const move = (event: KeyboardEvent) => {
    const to = targetOf(event.key, tabStop, items.length, perLine);
    if (to === null) return;
    event.preventDefault();
    onChoose(to);
    box.current?.querySelector<HTMLElement>(`[data-cell="${to}"]`)?.focus();
  };
  return (
    <div
      ref={box}
      role="toolbar"
      aria-label={label}
      className="overflow-x-hidden pt-1 pr-1 pb-1.5"
      onKeyDown={move}
      onPointerLeave={() => onPoint(null)}
    >
      {lines.map((start) => (
        <div key={start} className="mt-1.5 grid grid-cols-[30px_minmax(0,1fr)] items-center gap-2">
          <span className="text-right text-11 text-text-3">{firstNumber(items[start])}</span>
          <div className="flex h-5 gap-px">
            {items.slice(start, start + perLine).map((item, offset) => (
              <Fragment key={item.key}>
                <Cell
                  item={item}
                  at={start + offset}
                  chosen={start + offset === chosen}
                  tabStop={start + offset === tabStop}
                  onChoose={onChoose}
                  onPoint={onPoint}
                />
                <NeverWritten cells={item.cells} />
              </Fragment>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

interface CellProps extends Pick<CellLinesProps, "onChoose" | "onPoint"> {
  item: StripItem;
  at: number;
  chosen: boolean;
  tabStop: boolean;
}

function Cell({ item, at, chosen, tabStop, onChoose, onPoint }: CellProps) {
  const look = item.state === "hole" ? chunkLook.missing : chunkLook[item.state];
  return (
    <button
      type="button"
      data-cell={at}
      data-state={item.state}
      tabIndex={tabStop ? 0 : -1}
      aria-pressed={chosen}
      aria-label={nameOf(item)}
      onClick={() => onChoose(at)}
      onPointerEnter={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        const from = event.currentTarget.closest(".relative")?.getBoundingClientRect().left ?? 0;
        if (event.pointerType === "mouse") onPoint({ item, x: left + width / 2 - from });
      }}
      style={{
        flexGrow: Math.max(
          1,
          item.cells.reduce((sum, cell) => sum + numbersOf(cell), 0),
        ),
      }}
      className={cn(
        "min-w-0.5 max-w-24 basis-0 rounded-[1px]",
        look.cell,
        chosen && "z-1 shadow-[0_0_0_2px_var(--surface),0_0_0_3.5px_var(--accent)]",
      )}
    />
  );
}

/** Numbers that no row ever had: a thin line beside the cell they belong to, as long as there are many. */
function NeverWritten({ cells }: { cells: readonly StripCell[] }) {
  const numbers = cells.reduce((sum, cell) => sum + (cell.kind === "chunk" ? cell.neverWritten : 0), 0);
  if (numbers === 0) return null;
  return (
    <span
      aria-hidden="true"
      className="my-auto h-0.5 min-w-1 max-w-24 bg-line-strong"
      style={{ flexGrow: numbers, flexBasis: 0 }}
    />
  );
}

function targetOf(key: string, at: number, count: number, perLine: number): number | null {
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: perLine,
    ArrowUp: -perLine,
  };
  const step = steps[key];
  const to = key === "Home" ? 0 : key === "End" ? count - 1 : step === undefined ? null : at + step;
  return to !== null && to >= 0 && to < count ? to : null;
}

function firstNumber(item: StripItem | undefined): string {
  const chunk = item?.cells.find((cell) => cell.kind === "chunk");
  return chunk?.kind === "chunk" ? formatCount(chunk.chunkNumber) : "";
}

/** "Chunk 168, 50,000 rows, damaged"; "Chunks 161 to 168, damaged: 1"; "Rows 1 to 9 are in no chunk". */
export function nameOf({ cells, state }: StripItem): string {
  const [first] = cells;
  const last = cells.at(-1);
  if (!first || !last) return "";
  if (cells.length === 1 && first.kind === "hole")
    return `Rows ${formatCount(first.from)} to ${formatCount(first.to)} stand in no chunk`;
  if (cells.length === 1 && first.kind === "chunk")
    return `Chunk ${formatCount(first.chunkNumber)}, ${formatCount(first.rows)} rows, ${chunkLook[first.state].label}`;
  const chunks = cells.filter((cell) => cell.kind === "chunk");
  const worst = chunks.filter((cell) => cell.kind === "chunk" && cell.state === state).length;
  const says = state === "hole" ? "rows in no chunk" : `${formatCount(worst)} ${chunkLook[state].label}`;
  return `${formatPlural(chunks.length, "chunk")} from ${firstNumber({ key: 0, cells, state })}, ${says}`;
}
