"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from "react";
import { VirtualBody } from "@/components/data-table/virtual-body";
import { FocusWishContext, newFocusWish } from "@/components/graph/focus-wish";
import type { AttemptRow } from "@/lib/runs/past-schema";
import type { TaskRow } from "@/lib/runs/schema";
import type { TimeScale } from "@/lib/runs/time-scale";
import { readInspector } from "../inspector/use-inspector-pane";
import { useRunPage } from "../run-page-context";
import { useScreen } from "../use-screen";
import { headHeight } from "./task-table-head";
import { TaskTableRow } from "./task-table-row";

const denseRow = 24;
const wideRow = 32;
/** High enough for a finger. */
const phoneRow = 36;
/** Rows kept over the selected one where the page opens. */
const rowsAbove = 5;

interface TaskRowsProps {
  head: ReactNode;
  tasks: readonly TaskRow[];
  selectedIndex: number;
  dense: boolean;
  scale: TimeScale | null;
  earlier: ReadonlyMap<string, readonly AttemptRow[]>;
  lines: string;
}

/** Rows outside the view are not in the document, so ten thousand cost what thirty do. */
export function TaskRows({ head, tasks, selectedIndex, dense, scale, earlier, lines }: TaskRowsProps) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const { select } = useRunPage();
  const [focusWish] = useState(newFocusWish);
  const scroller = useRef<HTMLDivElement>(null);
  const screen = useScreen();
  const rowHeight = screen === "phone" ? phoneRow : dense ? denseRow : wideRow;
  const virtualizer = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    // The same function for the same tasks: with a new one every row is measured again.
    getItemKey: useCallback((index: number) => tasks[index]?.id ?? index, [tasks]),
    overscan: 8,
    // The head lies over the top of what scrolls.
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    // What the server draws, before the size is known: the rows around the selected one.
    initialRect: { width: 600, height: 480 },
    initialOffset: () => Math.max(0, (selectedIndex - rowsAbove) * rowHeight),
  });

  // Sizes are kept by the virtualizer until it is told.
  useEffect(() => {
    if (rowHeight > 0) virtualizer.measure();
  }, [virtualizer, rowHeight]);

  const selectedId = tasks[selectedIndex]?.id;
  const shownHeight = virtualizer.scrollRect?.height ?? 0;
  const reveal = useEffectEvent(() => virtualizer.scrollToIndex(selectedIndex, { align: "auto" }));
  // Follows the selection and the room there is, not the data: a poll that moves the row leaves the reader where they are.
  useEffect(() => {
    if (selectedId !== undefined && shownHeight > 0) reveal();
  }, [selectedId, shownHeight]);

  // The same function while one scrolls: a new one would draw every row anew.
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const page = Math.max(1, Math.floor(shownHeight / rowHeight) - 2);
      const target = moveTo(event.key, selectedIndex, page, tasks.length);
      const task = target === null ? undefined : tasks[target];
      // The press itself selects; what one reads next is the inspector.
      if (event.key === "Enter") readInspector();
      if (!task) return;
      event.preventDefault();
      focusWish.make();
      select(task.id, "walk");
    },
    [tasks, selectedIndex, shownHeight, rowHeight, focusWish, select],
  );

  return (
    <FocusWishContext value={focusWish}>
      <div ref={scroller} className="min-h-0 grow overflow-y-auto overflow-x-hidden overscroll-contain">
        <table
          aria-label={dense ? "Gantt" : "Tasks"}
          aria-rowcount={tasks.length + 1}
          className="w-full table-fixed border-collapse"
        >
          {head}
          <VirtualBody virtualizer={virtualizer} headHeight={headHeight} selectedIndex={selectedIndex}>
            {({ key, ...row }) => {
              const task = tasks[row.index];
              if (!task) return null;
              return (
                <TaskTableRow
                  key={key}
                  task={task}
                  dense={dense}
                  scale={scale}
                  earlier={earlier.get(task.id)}
                  lines={lines}
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

function moveTo(key: string, from: number, page: number, count: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const target = moves[key];
  return target === undefined ? null : Math.max(0, Math.min(count - 1, target));
}
