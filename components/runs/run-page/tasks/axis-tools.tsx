"use client";

import { FoldHorizontal, History, Maximize2, ZoomIn } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { runPageParams } from "@/lib/runs/run-page-params";
import { type TimeSpan, timeSpanOf } from "@/lib/runs/timeline";
import { useRunPage } from "../run-page-context";

/** A task is shown with so much of its neighbourhood, as a share of its length. */
const around = 0.15;
const tool =
  "size-6 max-md:h-7 rounded-1 border-transparent px-0 text-text-3 hover:text-text aria-pressed:border-accent-line aria-pressed:bg-accent-tint aria-pressed:text-text";

/** What of the run's time is drawn: all of it, the selected task, with or without long waits. */
export function AxisTools({ whole }: { whole: TimeSpan | null }) {
  const { selected, present } = useRunPage();
  const [{ zoom, idle, at }, setParams] = useQueryStates(runPageParams);
  if (!whole) return null;
  const task = selected && timeSpanOf([selected], present.asOf);
  const zoomTo = ({ startMs, endMs }: TimeSpan) => {
    const margin = (endMs - startMs) * around;
    const part = [startMs - margin, endMs + margin].map((ms) => Math.round(ms - whole.startMs));
    void setParams({ zoom: [Math.max(0, part[0] ?? 0), part[1] ?? 0] }, { history: "push" });
  };
  return (
    <span className="ml-auto inline-flex">
      {zoom ? (
        <Tooltip text="Show the whole run">
          <Button
            className={tool}
            aria-label="Show the whole run"
            onClick={() => void setParams({ zoom: null }, { history: "push" })}
          >
            <Maximize2 size={12} aria-hidden="true" />
          </Button>
        </Tooltip>
      ) : (
        <Tooltip text="Zoom to the selected task. A drag over the scale zooms to any part.">
          <Button
            className={tool}
            aria-label="Zoom to the selected task"
            aria-disabled={!task}
            onClick={() => task && zoomTo(task)}
          >
            <ZoomIn size={13} aria-hidden="true" />
          </Button>
        </Tooltip>
      )}
      <Tooltip text="Draw long waits, in which nothing ran, short">
        <Button
          className={tool}
          aria-label="Draw idle time short"
          aria-pressed={idle !== null}
          onClick={() => void setParams({ idle: idle === null ? "short" : null })}
        >
          <FoldHorizontal size={13} aria-hidden="true" />
        </Button>
      </Tooltip>
      <Tooltip text="Look back: graph and bars as they were at any moment of the run">
        <Button
          className={tool}
          aria-label="Look back"
          aria-pressed={at !== null}
          onClick={() =>
            void setParams({ at: at === null ? new Date(whole.endMs) : null }, { history: "push" })
          }
        >
          <History size={13} aria-hidden="true" />
        </Button>
      </Tooltip>
    </span>
  );
}
