"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatClock } from "@/lib/format";
import { describeFailure } from "@/lib/runs/failure-order";
import { useRunPage } from "./run-page-context";

/** What broke, one failure at a time, in the order it happened. Absent when nothing failed. */
export function FailureStrip() {
  const { failures, selected, adjacency, taskByNode, select } = useRunPage();
  const at = Math.max(
    0,
    failures.findIndex((failure) => failure.id === selected?.id),
  );
  const failure = failures[at];
  if (!failure) return null;
  const { name, cause, consequence } = describeFailure(failure, adjacency.down, taskByNode);
  const previous = failures[at - 1];
  const next = failures[at + 1];
  return (
    <section
      aria-label="Failures"
      className="flex h-10 min-w-0 shrink-0 items-center gap-3 whitespace-nowrap border-fail-line border-b bg-fail-tint pr-2 pl-4 max-md:h-11 max-md:gap-1 max-md:pr-1"
    >
      <StatusGlyph tone="fail" />
      <span className="font-semibold text-fail-text">
        Failure {at + 1} of {failures.length}
      </span>
      <p className="min-w-0 grow truncate" title={failure.errorMessage ?? undefined}>
        <button
          type="button"
          onClick={() => select(failure.id, "pick")}
          className="font-medium hover:underline max-md:hidden"
        >
          {name}
        </button>
        <span className="max-md:hidden">
          {failure.finishedAt && ` failed at ${formatClock(failure.finishedAt)} UTC`}: {cause}.{" "}
        </span>
        {consequence}
      </p>
      <span className="flex">
        <Button
          variant="ghost"
          size="icon"
          className="disabled:border-transparent disabled:text-text-off"
          aria-label="Previous failure"
          title="Previous failure ([)"
          disabled={!previous}
          onClick={() => previous && select(previous.id, "pick")}
        >
          <ChevronLeft size={16} aria-hidden="true" />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          className="disabled:border-transparent disabled:text-text-off"
          aria-label="Next failure"
          title="Next failure (])"
          disabled={!next}
          onClick={() => next && select(next.id, "pick")}
        >
          <ChevronRight size={16} aria-hidden="true" />
        </Button>
      </span>
    </section>
  );
}
