"use client";

import { useQueryStates } from "nuqs";
import { useViewMoves } from "@/components/graph/use-view-moves";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { Button } from "@/components/ui/button";
import { foldKeyOf } from "@/lib/runs/graph-groups";
import { runPageParams } from "@/lib/runs/run-page-params";
import { useRunPage } from "../run-page-context";
import { useGraph } from "./graph-context";

const toggle =
  "font-normal text-text-2 aria-pressed:border-accent-line aria-pressed:bg-accent-tint aria-pressed:text-text";

export function GraphToolbar() {
  const { failures, graph } = useRunPage();
  const { drawing, folded, setFolded } = useGraph();
  const view = useViewMoves(drawing.items);
  const [{ cause, rest, open, outline }, setParams] = useQueryStates(runPageParams);
  const foldable = new Set(graph.nodes.map(foldKeyOf)).size < graph.nodes.length;
  return (
    <div role="toolbar" aria-label="Graph" className="absolute right-2.5 bottom-2 z-5 flex gap-1">
      {failures.length > 0 && (
        <Button
          size="sm"
          className={toggle}
          aria-pressed={cause}
          onClick={() => setParams({ cause: !cause })}
        >
          Failed and upstream
        </Button>
      )}
      <Button size="sm" className={toggle} aria-pressed={rest} onClick={() => setParams({ rest: !rest })}>
        Hide succeeded
      </Button>
      {foldable && (
        <Button size="sm" className={toggle} aria-pressed={folded} onClick={() => setFolded(!folded)}>
          Group alike
        </Button>
      )}
      {folded && open.length > 0 && (
        <Button size="sm" className={toggle} onClick={() => setParams({ open: null })}>
          Fold again
        </Button>
      )}
      <Button
        size="sm"
        className={toggle}
        aria-pressed={outline}
        onClick={() => setParams({ outline: !outline })}
      >
        Outline
      </Button>
      {!outline && <ZoomButtons view={view} className="ml-1" />}
    </div>
  );
}
