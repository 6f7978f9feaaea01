"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Elapsed } from "@/components/ui/elapsed";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ArchiveAttempt } from "@/lib/archive/schema";
import { formatClock, formatCount, formatDuration, formatHourMinute } from "@/lib/format";
import { outcomeLook, stepLook } from "../archive-look";
import { processOf } from "../owner";
import { AttemptSteps } from "./attempt-steps";
import { spentOn, stepUnderWay } from "./steps";

/** One attempt as a line of the Gantt; opened, its steps in words with what each took. */
export function AttemptRow({ attempt, longest }: { attempt: ArchiveAttempt; longest: number }) {
  const [open, setOpen] = useState(false);
  const look = outcomeLook[attempt.outcome];
  return (
    <li className="border-line border-b text-12">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="grid min-h-7 w-full grid-cols-[12px_104px_minmax(64px,132px)_minmax(0,1fr)_minmax(0,200px)] items-center gap-x-3 text-left transition-colors hover:bg-hover focus-visible:rounded-none focus-visible:shadow-(--focus-in) max-md:min-h-11 max-md:grid-cols-[12px_auto_minmax(0,1fr)] max-md:gap-y-1 max-md:py-2"
      >
        <ChevronRight
          size={12}
          aria-hidden="true"
          className={cn("text-text-3 transition-transform", open && "rotate-90")}
        />
        <span className="flex items-center gap-2 whitespace-nowrap text-text-2">
          <StatusGlyph tone={look.tone} />
          <span className="sr-only">{look.label}, </span>
          <span className="w-5 text-right">{formatCount(attempt.epoch)}</span>
          {formatClock(attempt.startedAt)}
        </span>
        <span className="mono truncate text-text-3 max-md:hidden">{processOf(attempt.owner)}</span>
        <Bar attempt={attempt} longest={longest} />
        <span
          className={cn(
            "truncate max-md:order-3",
            look.tone === "fail" ? "text-fail-text" : look.tone === "run" ? "text-run-text" : "text-text-2",
          )}
        >
          <Outcome attempt={attempt} />
        </span>
      </button>
      {open && <AttemptSteps attempt={attempt} />}
    </li>
  );
}

function Bar({ attempt, longest }: { attempt: ArchiveAttempt; longest: number }) {
  return (
    <span aria-hidden="true" className="flex h-2.5 gap-px max-md:order-4 max-md:col-span-3">
      {attempt.steps.map(({ step, durationMs, outcome }) => (
        <span
          key={step}
          className={cn(
            "min-w-0.5 rounded-[1px]",
            outcome === "failed" ? "min-w-3 bg-fail-solid" : stepLook(step).fill,
          )}
          style={{ flex: `0 1 ${(durationMs / longest) * 100}%` }}
        />
      ))}
      {attempt.outcome === "running" && <span className="w-6 rounded-[1px] bg-hatch-queued" />}
    </span>
  );
}

/** What came of it: the range, or what went wrong and when it is tried again. */
function Outcome({ attempt }: { attempt: ArchiveAttempt }) {
  const { outcome, chunkNumber, error, nextAttemptAt, startedAt } = attempt;
  const chunk = chunkNumber === null ? "" : `chunk ${formatCount(chunkNumber)}, `;
  if (outcome === "running") {
    return (
      <>
        {chunk}
        {stepLook(stepUnderWay(attempt) ?? "").name}, <Elapsed since={startedAt} />
      </>
    );
  }
  if (outcome === "failed") {
    return (
      <>
        {error}
        {nextAttemptAt && <span className="text-text-2"> next {formatHourMinute(nextAttemptAt)}</span>}
      </>
    );
  }
  if (outcome === "nothing_to_do") return "nothing to do";
  return `${chunk}${formatDuration(spentOn(attempt))}`;
}
