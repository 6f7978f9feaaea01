"use client";

import type { NodeProps } from "@xyflow/react";
import { UnfoldHorizontal } from "lucide-react";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount } from "@/lib/format";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { type ItemSummary, itemSummary } from "@/lib/runs/item-summary";
import { spokenBox } from "@/lib/runs/spoken-box";
import { type TaskStatus, taskStatus } from "@/lib/runs/status";
import { joinName } from "@/lib/runs/task-name";
import { useFocusWish } from "../focus-wish";
import { useRunPage } from "../run-page-context";
import { TaskName } from "../task-name";
import type { BoxNode } from "./graph-canvas";
import { useGraph } from "./graph-context";

export function GraphBox({ data }: NodeProps<BoxNode>) {
  const { items, current, adjacency, pick, toggleFold } = useGraph();
  const { taskByNode, run, critical } = useRunPage();
  const item = items.get(data.itemId);
  if (!item) return null;
  const summary = itemSummary(item, taskByNode, run.asOf);
  return (
    <Box
      item={item}
      summary={summary}
      spoken={spokenBox(item, summary, items, adjacency)}
      critical={item.members.some((id) => critical.has(id))}
      selected={current?.id === item.id}
      // One box is in the tab order, the selected one; the arrow keys reach the others.
      tabbable={current ? current.id === item.id : items.keys().next().value === item.id}
      onPick={() => pick(item, "pick")}
      onToggleFold={() => item.foldKey !== null && toggleFold(item.foldKey)}
    />
  );
}

interface BoxProps {
  item: GraphItem;
  summary: ItemSummary;
  spoken: string;
  /** On the chain of tasks that took longest. */
  critical: boolean;
  selected: boolean;
  tabbable: boolean;
  onPick: () => void;
  onToggleFold: () => void;
}

const border: Record<TaskStatus, string> = {
  pending: "border-dashed border-line-control bg-canvas",
  queued: "border-dashed border-line-control bg-surface",
  running: "border-run-solid bg-surface",
  succeeded: "border-line-strong bg-surface",
  failed: "border-fail-solid bg-surface",
  skipped: "border-dashed border-line-control bg-canvas",
  cancelled: "border-dashed border-line-control bg-canvas",
};

function Box({ item, summary, spoken, critical, selected, tabbable, onPick, onToggleFold }: BoxProps) {
  const button = useRef<HTMLButtonElement>(null);
  const focusWish = useFocusWish();
  useEffect(() => {
    if (selected && focusWish.take()) button.current?.focus({ preventScroll: true });
  }, [selected, focusWish]);

  const fold = item.members.length > 1;
  const { tone, shape } = taskStatus[summary.status];
  return (
    <>
      <button
        ref={button}
        type="button"
        tabIndex={tabbable ? 0 : -1}
        aria-label={spoken}
        aria-current={selected || undefined}
        title={`${joinName(item)}: ${summary.spoken}`}
        data-status={summary.status}
        data-critical={critical || undefined}
        data-testid={`graph-box-${item.id}`}
        onClick={onPick}
        onKeyDown={(event) => {
          if (event.key === "e" && item.foldKey !== null) onToggleFold();
        }}
        className={cn(
          "pointer-events-auto relative grid h-9.5 w-28 grid-cols-[12px_minmax(0,1fr)] content-center items-center gap-x-1.5 rounded-2 border px-1.75 text-left hover:bg-hover focus-visible:rounded-2 focus-visible:shadow-[0_0_0_2px_var(--surface),0_0_0_5px_var(--accent)]",
          border[summary.status],
          fold && "shadow-[3px_3px_0_-1px_var(--surface),3px_3px_0_0_var(--line-strong)]",
          critical && "border-text-2",
          selected && "shadow-[var(--focus)]",
        )}
      >
        <StatusGlyph tone={tone} shape={shape} />
        <TaskName stem={item.stem} mark={item.mark} className="font-medium text-11! leading-3.5!" />
        <span className="col-start-2 truncate text-11 text-text-3 leading-[13px]">{summary.words}</span>
      </button>
      {fold && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Open ${formatCount(item.members.length)} ${item.stem} tasks`}
          title={`Open ${formatCount(item.members.length)} tasks (e)`}
          onClick={onToggleFold}
          className="pointer-events-auto absolute -top-2 -right-2 grid size-4.5 place-items-center rounded-full border border-line-strong bg-surface text-text-3 hover:bg-hover hover:text-text"
        >
          <UnfoldHorizontal size={10} aria-hidden="true" />
        </button>
      )}
    </>
  );
}
