"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { useFocusWish } from "@/components/graph/focus-wish";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { GraphItem } from "@/lib/runs/graph-groups";
import { itemSummary } from "@/lib/runs/item-summary";
import { namesOf, spokenBox } from "@/lib/runs/spoken-box";
import { taskStatus } from "@/lib/runs/status";
import { useRunPage } from "../run-page-context";
import { TaskName } from "../task-name";
import { useGraph } from "./graph-context";

interface OutlineRowProps {
  item: GraphItem;
  index: number;
  step: number;
  selected: boolean;
  /** One row is in the tab order; the arrow keys reach the others. */
  tabbable: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A box of the graph in a line. */
export function OutlineRow({ item, index, step, selected, tabbable, onKeyDown }: OutlineRowProps) {
  const { items, adjacency, pick } = useGraph();
  const { taskByNode, run } = useRunPage();
  const button = useRef<HTMLButtonElement>(null);
  const focusWish = useFocusWish();
  useEffect(() => {
    if (selected && focusWish.take()) button.current?.focus({ preventScroll: true });
  }, [selected, focusWish]);
  const summary = itemSummary(item, taskByNode, run.asOf);
  const { tone, shape } = taskStatus[summary.status];
  const names = (side: "up" | "down") => namesOf(adjacency[side].get(item.id) ?? [], items);
  return (
    <tr
      aria-rowindex={index + 2}
      data-status={summary.status}
      data-testid={`outline-row-${item.id}`}
      className={cn(
        "relative h-7",
        selected ? "bg-accent-tint shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
      )}
    >
      <td className="pl-4 text-text-3">{step}</td>
      <td className="pr-3">
        <button
          ref={button}
          type="button"
          tabIndex={tabbable ? 0 : -1}
          aria-label={spokenBox(item, summary, items, adjacency)}
          aria-current={selected || undefined}
          onClick={() => pick(item, "pick")}
          onKeyDown={onKeyDown}
          className="flex w-full min-w-0 items-center gap-2 text-left after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-[var(--focus-in)]"
        >
          <StatusGlyph tone={tone} shape={shape} />
          <TaskName stem={item.stem} mark={item.mark} />
        </button>
      </td>
      <td className="truncate pr-3 text-text-2">{summary.words}</td>
      <td className="truncate pr-3 text-text-3">{names("up")}</td>
      <td className="truncate pr-4 text-text-3">{names("down")}</td>
    </tr>
  );
}
