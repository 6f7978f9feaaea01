"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useQueryStates } from "nuqs";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { runPageParams } from "@/lib/runs/run-page-params";
import { axisTicks, timeSpanOf } from "@/lib/runs/timeline";
import { FocusWish } from "../focus-wish";
import { useRunPage } from "../run-page-context";
import { headHeight, TaskTableHead } from "./task-table-head";
import { TaskTableRow } from "./task-table-row";
import { tickLines } from "./time-axis";
import { useShownTasks } from "./use-shown-tasks";

const denseRow = 24;
const wideRow = 32;

/**
 * Every task of the run as a row with its bar in time. Rows outside the view are not in the document, so ten thousand
 * cost what thirty do. It is also the graph for those who cannot see one.
 */
export function TaskTable({ dense = false }: { dense?: boolean }) {
  // The virtualizer is an object that changes in place; memoised by the compiler it would show stale rows.
  "use no memo";
  const { tasks: all, run, selected, select } = useRunPage();
  const tasks = useShownTasks();
  const span = timeSpanOf(all, run.asOf);
  const ticks = span ? axisTicks(span, dense ? 4 : 3) : [];

  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = dense ? denseRow : wideRow;
  const virtualizer = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => tasks[index]?.id ?? index,
    overscan: 8,
    // The head lies over the top of what scrolls.
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    // What the server draws before the size is known.
    initialRect: { width: 600, height: 480 },
  });
  const rows = virtualizer.getVirtualItems();
  const above = (rows[0]?.start ?? headHeight) - headHeight;
  const below = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? headHeight);

  const focusWanted = useRef(false);
  const selectedIndex = tasks.findIndex((task) => task.id === selected?.id);
  const shownFor = useRef<string | null>(null);
  useEffect(() => {
    // Follows the selection, not the data: a poll that moves the row leaves the reader where they are.
    if (!selected || selectedIndex < 0 || shownFor.current === selected.id) return;
    shownFor.current = selected.id;
    virtualizer.scrollToIndex(selectedIndex, { align: "auto" });
  }, [virtualizer, selected, selectedIndex]);

  function onKeyDown(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 480) / rowHeight) - 2);
    const target = moveTo(event.key, selectedIndex, page, tasks.length);
    const task = target === null ? undefined : tasks[target];
    if (task) {
      focusWanted.current = true;
      select(task.id, "walk");
    } else if (event.key === "Enter") document.getElementById("inspector")?.focus();
    else return;
    event.preventDefault();
  }

  if (tasks.length === 0) return <NoMatch />;
  const selectedIsDrawn = rows.some(({ index }) => index === selectedIndex);
  return (
    <FocusWish value={focusWanted}>
      <div ref={scroller} className="min-h-0 grow overflow-y-auto overflow-x-hidden overscroll-contain">
        <table
          aria-label={dense ? "Gantt" : "Tasks"}
          aria-rowcount={tasks.length + 1}
          className="w-full table-fixed border-collapse"
        >
          <TaskTableHead dense={dense} span={span} ticks={ticks} />
          <tbody>
            <Spacer height={above} />
            {rows.map(({ index, key }, drawn) => {
              const task = tasks[index];
              if (!task) return null;
              const isSelected = index === selectedIndex;
              return (
                <TaskTableRow
                  key={key}
                  task={task}
                  index={index}
                  dense={dense}
                  selected={isSelected}
                  tabbable={selectedIsDrawn ? isSelected : drawn === 0}
                  span={span}
                  lines={tickLines(ticks)}
                  onPick={() => select(task.id, "pick")}
                  onKeyDown={onKeyDown}
                />
              );
            })}
            <Spacer height={below} />
          </tbody>
        </table>
      </div>
    </FocusWish>
  );
}

/** Stands for the rows that are not in the document. */
function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr>
      <td className="p-0" style={{ height }} />
    </tr>
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

function NoMatch() {
  const [, setParams] = useQueryStates(runPageParams);
  return (
    <EmptyState
      title="No task matches"
      actions={
        <Button onClick={() => setParams({ status: null, cause: null, rest: null })}>Show all tasks</Button>
      }
    >
      <p>The filters leave nothing of this run.</p>
    </EmptyState>
  );
}
