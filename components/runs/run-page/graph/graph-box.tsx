"use client";

import { UnfoldHorizontal } from "lucide-react";
import { memo } from "react";
import { BoxButton } from "@/components/graph/box-button";
import { cn } from "@/components/ui/cn";
import { glyphBefore } from "@/components/ui/status-glyph";
import { formatCount } from "@/lib/format";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { itemSummary } from "@/lib/runs/item-summary";
import { nodeWidth } from "@/lib/runs/layout";
import { spokenBox } from "@/lib/runs/spoken-box";
import { type TaskStatus, taskStatus } from "@/lib/runs/status";
import { joinName } from "@/lib/runs/task-name";
import { useRunPage } from "../run-page-context";
import { useGraph } from "./graph-context";

const border: Record<TaskStatus, string> = {
  pending: "border-dashed border-line-control bg-canvas",
  queued: "border-dashed border-line-control bg-surface",
  running: "border-run-solid bg-surface",
  succeeded: "border-line-strong bg-surface",
  failed: "border-fail-solid bg-surface",
  skipped: "border-dashed border-line-control bg-canvas",
  cancelled: "border-dashed border-line-control bg-canvas",
};

/** By itself while the view moves: then only which boxes there are changes, not what they say. */
export const GraphBox = memo(function GraphBox({ item }: { item: GraphItem }) {
  const { items, current, adjacency, pick, toggleFold } = useGraph();
  const { taskByNode, run, critical } = useRunPage();
  const summary = itemSummary(item, taskByNode, run.asOf);
  const { tone, shape } = taskStatus[summary.status];
  const fold = item.members.length > 1;
  const isCritical = item.members.some((id) => critical.has(id));
  const onToggleFold = () => item.foldKey !== null && toggleFold(item.foldKey);
  return (
    <>
      <BoxButton
        item={item}
        glyph={glyphBefore(tone, shape)}
        words={summary.words}
        wordsClassName="text-text-3"
        spoken={spokenBox(item, summary, items, adjacency)}
        selected={current?.id === item.id}
        tabbable={current ? current.id === item.id : items.keys().next().value === item.id}
        title={`${joinName(item)}: ${summary.spoken}`}
        data-status={summary.status}
        data-critical={isCritical || undefined}
        data-testid={`graph-box-${item.id}`}
        onClick={() => pick(item, "pick")}
        onKeyDown={(event) => {
          if (event.key === "e") onToggleFold();
        }}
        className={cn(
          border[summary.status],
          fold && "shadow-[3px_3px_0_-1px_var(--surface),3px_3px_0_0_var(--line-strong)]",
          isCritical && "border-text-2",
        )}
      />
      {fold && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Open ${formatCount(item.members.length)} ${item.stem} tasks`}
          title={`Open ${formatCount(item.members.length)} tasks (e)`}
          onClick={onToggleFold}
          style={{ left: item.x + nodeWidth, top: item.y }}
          className="pointer-events-auto absolute -mt-2 -ml-2.5 grid size-4.5 place-items-center rounded-full border border-line-strong bg-surface text-text-3 hover:bg-hover hover:text-text"
        >
          <UnfoldHorizontal size={10} aria-hidden="true" />
        </button>
      )}
    </>
  );
});
