"use client";

import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatPlural } from "@/lib/format";
import type { SearchRun } from "@/lib/logs/view/search-run";
import { bytesAhead, hiddenSentence, searchSentence } from "@/lib/logs/view/search-sentence";
import { useExplorerContext } from "../explorer-context";
import { useTimeFormat } from "../use-time-format";
import { ProgressLine } from "./progress-line";

/** Above a filtered list: whether the filter is in force, what its rows stand for, and how to stop or go on. */
export function SearchStrip() {
  const { params, toggleContext } = useExplorerContext();
  return (
    <div className="relative flex h-8 shrink-0 items-center gap-2 whitespace-nowrap border-line border-b pr-2 pl-1.5 text-12 max-md:h-10">
      <ToggleGroup
        label="Rows listed"
        value={params.context ? "full" : "filtered"}
        options={[
          { value: "filtered", label: "Filtered" },
          { value: "full", label: "All rows" },
        ]}
        onValueChange={toggleContext}
        className="h-6 text-12 max-md:h-8"
      />
      {params.context ? <PutAside /> : <Progress />}
      <Button variant="ghost" size="sm" className="ml-auto max-md:hidden" onClick={params.clearFilters}>
        Clear filter
      </Button>
    </div>
  );
}

function PutAside() {
  const { run } = useExplorerContext();
  return (
    <span role="status" className="min-w-0 truncate text-text-2">
      All rows around this one. The filter waits
      {run.hits > 0 && `, with ${formatPlural(run.hits, "hit")}`}.
    </span>
  );
}

function Progress() {
  const { run, search, total, counted } = useExplorerContext();
  const time = useTimeFormat();
  const settled = useSettled(run);
  const hidden = hiddenSentence(run);
  const { found, detail } = searchSentence(run, { total, counted, clock: time.clock });
  // A search that is done in a blink says its result, and nothing flickers before it.
  const quiet = run.status === "running" && !settled;
  return (
    <>
      <span role="status" className="flex min-w-0 items-center gap-2 text-text-2">
        {run.status === "failed" && <StatusGlyph tone="fail" />}
        {!quiet && <b className="font-medium text-text">{found}</b>}
        {run.failure && <span className="truncate font-medium text-fail-text">{run.failure.message}</span>}
        {!quiet && <span className="min-w-0 truncate text-text-3">{detail}</span>}
        {hidden && (
          <span className="flex items-center gap-1 font-medium text-warn-text max-md:hidden">
            <StatusGlyph tone="warn" />
            {hidden}
          </span>
        )}
      </span>
      {!quiet && <Act run={run} {...search} />}
      {!quiet && <ProgressLine run={run} />}
    </>
  );
}

function Act({ run, stop, goOn }: { run: SearchRun; stop: () => void; goOn: () => void }) {
  const act = actionOf(run);
  if (!act) return null;
  return (
    <Button
      variant={run.status === "costly" ? "default" : "ghost"}
      size="sm"
      className="text-text"
      onClick={run.status === "running" ? stop : goOn}
    >
      {act}
    </Button>
  );
}

function actionOf(run: SearchRun): string | null {
  if (run.status === "running") return "Stop";
  if (run.status === "costly") return `Read ${bytesAhead(run)}`;
  return run.status === "stopped" || run.status === "capped" || run.status === "failed" ? "Continue" : null;
}

/** Long enough that the eye does not take what comes then for a flicker. */
const settleMs = 400;

/** Whether this search has run for a moment. */
function useSettled(run: SearchRun): boolean {
  const [settled, setSettled] = useState(false);
  const running = run.status === "running";
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => setSettled(true), settleMs);
    return () => {
      clearTimeout(timer);
      setSettled(false);
    };
  }, [running]);
  return settled;
}
