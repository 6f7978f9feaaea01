"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { VirtualBody } from "@/components/data-table/virtual-body";
import { FocusWishContext, newFocusWish } from "@/components/graph/focus-wish";
import { type WalkDirection, walk } from "@/lib/runs/graph-walk";
import { readInspector } from "../inspector/use-inspector-pane";
import { useRunPage } from "../run-page-context";
import { useGraph } from "./graph-context";
import { OutlineRow } from "./outline-row";

const alongEdges: Record<string, WalkDirection> = { ArrowLeft: "left", ArrowRight: "right" };
const rowHeight = 28;
const headHeight = 28;

/**
 * The graph as a list: the same boxes with the same words, and the edges as names before and behind. Steps are columns of the
 * drawing, so what stands on one step waits for nothing on it. For ears, and for who reads rather than looks.
 */
export function GraphOutline() {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const { drawing, items, adjacency, current, isShown, pick } = useGraph();
  const { graph } = useRunPage();
  const [focusWish] = useState(newFocusWish);
  const scroller = useRef<HTMLDivElement>(null);
  const levels = useMemo(() => new Map(graph.nodes.map(({ id, level }) => [id, level])), [graph]);
  const levelOf = (members: readonly string[]) => levels.get(members[0] ?? "") ?? 0;
  const rows = drawing.items
    .filter(isShown)
    .sort((a, b) => levelOf(a.members) - levelOf(b.members) || a.x - b.x || a.y - b.y);
  const currentIndex = rows.findIndex(({ id }) => id === current?.id);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
  });
  const currentId = current?.id;
  const reveal = useEffectEvent(() =>
    virtualizer.scrollToIndex(Math.max(0, currentIndex), { align: "auto" }),
  );
  useEffect(() => {
    if (currentId !== undefined) reveal();
  }, [currentId]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") readInspector();
    const direction = alongEdges[event.key];
    const place = placeAfter(event.key, currentIndex, rows.length);
    if (!direction && place === null) return;
    event.preventDefault();
    const next = direction ? current && walk(current, direction, items, adjacency) : rows[place ?? -1];
    if (!next) return;
    focusWish.make();
    pick(next, "walk");
  }

  return (
    <FocusWishContext value={focusWish}>
      <div ref={scroller} className="h-full overflow-y-auto overflow-x-hidden overscroll-contain pb-9">
        <table
          aria-label="Outline of the graph"
          aria-rowcount={rows.length + 1}
          className="w-full table-fixed border-collapse"
        >
          <thead className="sticky top-0 z-1 bg-surface shadow-[inset_0_-1px_var(--line)] [&_th]:eyebrow">
            <tr className="h-7 text-left" aria-rowindex={1}>
              <th scope="col" className="w-14 pl-4">
                Step
              </th>
              <th scope="col" className="w-[30%]">
                Task
              </th>
              <th scope="col" className="w-28">
                Status
              </th>
              <th scope="col">Waits for</th>
              <th scope="col" className="pr-4">
                Before
              </th>
            </tr>
          </thead>
          <VirtualBody virtualizer={virtualizer} headHeight={headHeight} selectedIndex={currentIndex}>
            {({ key, ...row }) => {
              const item = rows[row.index];
              if (!item) return null;
              return (
                <OutlineRow
                  key={key}
                  item={item}
                  step={levelOf(item.members) + 1}
                  onKeyDown={onKeyDown}
                  {...row}
                />
              );
            }}
          </VirtualBody>
        </table>
      </div>
    </FocusWishContext>
  );
}

function placeAfter(key: string, from: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return from + 1;
    case "ArrowUp":
      return from - 1;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
