"use client";

import { memo } from "react";
import { BoxButton } from "@/components/graph/box-button";
import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import { taskNameParts } from "@/lib/runs/task-name";
import type { ViewNode } from "@/lib/workflows/version-view";
import { useVersion } from "../page/workflow-context";
import { MarkGlyph, markLook } from "./mark-look";

const spokenUpstream = 3;

/** By itself while the view moves: then only which boxes there are changes, not what they say. */
export const VersionNode = memo(function VersionNode({ node }: { node: ViewNode }) {
  const { view, selected, select } = useVersion();
  const { id, x, y, name, mark } = node;
  const change = view.diff?.nodes.find((each) => each.id === id);
  const words =
    mark === "same"
      ? node.nodeType
      : mark === "changed"
        ? formatPlural(change?.fields.length ?? 0, "field")
        : markLook[mark].word;
  return (
    <BoxButton
      item={{ id, x, y, ...taskNameParts(name, id) }}
      nameClassName={cn(mark === "removed" && "line-through")}
      words={
        <>
          <MarkGlyph mark={mark} />
          <span className="truncate">{words}</span>
        </>
      }
      wordsClassName={cn(
        "flex min-w-0 items-center gap-1",
        mark === "same" ? "text-text-3" : markLook[mark].text,
      )}
      spoken={spoken(node, view.diff !== null)}
      selected={selected?.id === id}
      tabbable={selected ? selected.id === id : view.nodes[0]?.id === id}
      data-mark={mark}
      onClick={() => select(id)}
      className={markLook[mark].box}
    />
  );
});

function spoken(node: ViewNode, comparing: boolean): string {
  const { name, nodeType, executorType, upstreamNodeIds, mark } = node;
  const rest = upstreamNodeIds.length - spokenUpstream;
  const after =
    upstreamNodeIds.length === 0
      ? "begins the run"
      : `after ${upstreamNodeIds.slice(0, spokenUpstream).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return `${name}: ${comparing ? `${markLook[mark].word}, ` : ""}${nodeType} by ${executorType}; ${after}`;
}
