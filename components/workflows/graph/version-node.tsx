"use client";

import type { NodeProps } from "@xyflow/react";
import { TaskName } from "@/components/runs/run-page/task-name";
import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import { taskNameParts } from "@/lib/runs/task-name";
import type { ViewNode } from "@/lib/workflows/version-view";
import { useVersion } from "../page/workflow-context";
import { MarkGlyph, markLook } from "./mark-look";

const spokenUpstream = 3;

export function VersionNode({ id }: NodeProps) {
  const { view, byId, selected, select } = useVersion();
  const node = byId.get(id);
  if (!node) return null;
  const isSelected = selected?.id === id;
  const change = view.diff?.nodes.find((each) => each.id === id);
  const words =
    node.mark === "same"
      ? node.nodeType
      : node.mark === "changed"
        ? formatPlural(change?.fields.length ?? 0, "field")
        : markLook[node.mark].word;
  return (
    <button
      type="button"
      // One box is in the tab order; the arrow keys reach the others.
      tabIndex={isSelected || (!selected && view.nodes[0]?.id === id) ? 0 : -1}
      aria-label={spoken(node, view.diff !== null)}
      aria-current={isSelected || undefined}
      data-node-id={id}
      data-mark={node.mark}
      onClick={() => select(id)}
      className={cn(
        "pointer-events-auto grid h-9.5 w-28 content-center rounded-2 border px-1.75 text-left hover:bg-hover focus-visible:rounded-2 focus-visible:shadow-[0_0_0_2px_var(--surface),0_0_0_5px_var(--accent)]",
        markLook[node.mark].box,
        isSelected && "shadow-[var(--focus)]",
      )}
    >
      <TaskName
        {...taskNameParts(node.name, node.id)}
        className={cn("font-medium text-11! leading-3.5!", node.mark === "removed" && "line-through")}
      />
      <span
        className={cn(
          "flex min-w-0 items-center gap-1 text-11 leading-[13px]",
          node.mark === "same" ? "text-text-3" : markLook[node.mark].text,
        )}
      >
        <MarkGlyph mark={node.mark} />
        <span className="truncate">{words}</span>
      </span>
    </button>
  );
}

function spoken(node: ViewNode, comparing: boolean): string {
  const { name, nodeType, executorType, upstreamNodeIds, mark } = node;
  const rest = upstreamNodeIds.length - spokenUpstream;
  const after =
    upstreamNodeIds.length === 0
      ? "begins the run"
      : `after ${upstreamNodeIds.slice(0, spokenUpstream).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return `${name}: ${comparing ? `${markLook[mark].word}, ` : ""}${nodeType} by ${executorType}; ${after}`;
}
