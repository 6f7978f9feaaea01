"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { RowKeys } from "@/components/data-table/row-keys";
import { useScreen } from "@/components/runs/run-page/use-screen";
import { cn } from "@/components/ui/cn";
import { explorerSearch } from "@/lib/logs/search-params";
import type { RunComparison } from "@/lib/runs/compare/schema";
import { type PairSort, runCompareParams } from "@/lib/runs/compare/search-params";
import { shortTaskName } from "@/lib/runs/task-name";
import { PairCells, type PairRow, pairGrid } from "./pair-cells";

const rowHeight = 32;
/** Name and difference stand below each other there. */
const phoneRowHeight = 48;
/** Of the toolbar and the head, which stay in view: a row that is scrolled to must not end up under them. */
const headHeight = 76;

const heads: readonly { label: string; sort?: PairSort; className?: string }[] = [
  { label: "Task", sort: "name", className: "pl-10" },
  { label: "What differs", sort: "difference" },
  { label: "Ran A", className: "text-right" },
  { label: "Ran B", className: "text-right" },
  { label: "Change", sort: "change", className: "text-right" },
  { label: "%", sort: "percent", className: "text-right" },
  { label: "Tries", className: "text-right max-xl:hidden" },
  { label: "Log templates", className: "max-xl:hidden" },
];

interface PairTableProps {
  workspace: string;
  comparison: RunComparison;
  rows: readonly PairRow[];
  /** What scrolls: the page's content, of which the table is the end. */
  scroller: RefObject<HTMLDivElement | null>;
}

/** The tasks of both runs. Those outside of the view are not in the document, so thousands cost what thirty do. */
export function PairTable({ workspace, comparison, rows, scroller }: PairTableProps) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const height = useScreen() === "phone" ? phoneRowHeight : rowHeight;
  const body = useRef<HTMLTableSectionElement>(null);
  const above = useHeightAbove(body, scroller);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: above,
    scrollPaddingStart: headHeight,
    initialRect: { width: 800, height: 640 },
  });
  return (
    <table aria-label="Tasks of both runs" aria-rowcount={rows.length + 1} className="block w-full shrink-0">
      <thead className="sticky top-11 z-1 block bg-surface shadow-[inset_0_-1px_var(--line)] max-md:hidden">
        <tr aria-rowindex={1} className={cn(pairGrid, "h-8")}>
          {heads.map((head) => (
            <Head key={head.label} {...head} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} className="relative block" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <tr
              key={row.pair.key}
              aria-rowindex={index + 2}
              data-difference={row.verdict.difference}
              style={{ height, transform: `translateY(${start - above}px)` }}
              className={cn(
                pairGrid,
                "absolute inset-x-0 top-0 scroll-mt-20 border-line border-b focus-within:bg-accent-tint hover:bg-hover max-md:content-center",
              )}
            >
              <PairCells
                row={row}
                name={<PairLink workspace={workspace} comparison={comparison} row={row} />}
              />
            </tr>
          );
        })}
      </tbody>
      <RowKeys />
    </table>
  );
}

/** How far down the rows begin; it changes when a difference above them is spread out. */
function useHeightAbove(
  body: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
): number {
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const scrolled = scroller.current;
    if (!scrolled) return;
    const measure = () => {
      if (!body.current) return;
      const top = body.current.getBoundingClientRect().top - scrolled.getBoundingClientRect().top;
      setAbove(Math.round(top + scrolled.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    for (const part of scrolled.children) observer.observe(part);
    const changes = new MutationObserver(measure);
    changes.observe(scrolled, { childList: true });
    return () => {
      observer.disconnect();
      changes.disconnect();
    };
  }, [body, scroller]);
  return above;
}

function Head({ label, sort, className }: (typeof heads)[number]) {
  const [params, setParams] = useQueryStates(runCompareParams);
  const active = sort !== undefined && params.sort === sort;
  const Arrow = params.turned ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={active ? (params.turned ? "ascending" : "descending") : undefined}
      className={cn("eyebrow relative text-left", className)}
    >
      {label === "Task" && <SideHeads />}
      {sort === undefined ? (
        label
      ) : (
        <button
          type="button"
          onClick={() => void setParams({ sort, turned: active ? !params.turned || null : null })}
          className={cn("inline-flex items-center gap-1 rounded-1 hover:text-text", active && "text-text")}
        >
          {label}
          {label === "%" && <span className="sr-only"> of change</span>}
          {active && <Arrow size={11} aria-hidden="true" />}
        </button>
      )}
    </th>
  );
}

/** Over the two status glyphs before each name. */
function SideHeads() {
  return (
    <span aria-hidden="true" className="absolute left-0 flex gap-2 [&>span]:w-3 [&>span]:text-center">
      <span>A</span>
      <span>B</span>
    </span>
  );
}

/** To the comparison of the two logs; to the task where there are no two. */
function PairLink({
  workspace,
  comparison,
  row: { pair },
}: Omit<PairTableProps, "rows" | "scroller"> & { row: PairRow }) {
  const { a, b } = pair;
  const both = a?.episodeId && b?.episodeId;
  const [side, run, task] = b ? (["B", comparison.b, b] as const) : (["A", comparison.a, a] as const);
  const href = both
    ? `/w/${workspace}/logs/${encodeURIComponent(a.episodeId ?? "")}${explorerSearch({ view: "compare", with: b.episodeId })}`
    : `/w/${workspace}/runs/${run.id}?task=${encodeURIComponent(task?.taskId ?? "")}`;
  return (
    <Link
      href={href}
      data-row-link=""
      className="flex min-w-0 font-medium after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
    >
      <span className="mono truncate">{shortTaskName(pair.name, pair.key)}</span>
      <span className="sr-only">{both ? ", compare the logs" : `, open the task in ${side}`}</span>
    </Link>
  );
}
