import { ChevronRight, ZoomOut } from "lucide-react";
import type { TimeWindow } from "@/lib/logs/histogram/query-options";
import { rangeText, type ScreenTime } from "@/lib/logs/screen-time";

interface ZoomTrailProps {
  /** The stretches on the way here, the oldest first. */
  trail: readonly TimeWindow[];
  time: ScreenTime;
  onStep: (step: number) => void;
}

/** More steps than this are not shown; Escape and a double click still go through them one by one. */
const mostShown = 3;

/** The way back out of a stretch of time, step by step. */
export function ZoomTrail({ trail, time, onStep }: ZoomTrailProps) {
  // A range that was typed has no way here: the whole is the step before it.
  const steps = trail.length > 0 ? trail : [{ since: null, until: null }];
  const from = Math.max(1, steps.length - mostShown + 1);
  const shown = steps
    .map((window, step) => ({ window, step }))
    .filter(({ step }) => step === 0 || step >= from);
  return (
    <nav aria-label="Zoom" className="absolute top-0 left-0 z-10 flex h-6 items-center text-11">
      <ZoomOut size={12} aria-hidden="true" className="mr-1 text-text-3" />
      {shown.map(({ window, step }) => (
        <span key={step} className="flex items-center">
          <button
            type="button"
            onClick={() => onStep(step)}
            className="h-6 rounded-1 px-1 text-accent-text hover:bg-hover hover:underline"
          >
            {nameOf(window, time)}
          </button>
          <ChevronRight size={11} aria-hidden="true" className="text-line-control" />
        </span>
      ))}
      <span className="px-1 text-text-3">here</span>
    </nav>
  );
}

function nameOf({ since, until }: TimeWindow, time: ScreenTime): string {
  if (since === null && until === null) return "Whole episode";
  if (since?.startsWith("-")) return `Last ${since.slice(1)}`;
  if (since === null) return `Until ${time.clock(until ?? "")}`;
  if (until === null) return `From ${time.clock(since)}`;
  return rangeText(since, until, time, true);
}
