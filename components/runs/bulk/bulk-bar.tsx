"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/lib/format";
import { type BulkKind, bulkKind } from "@/lib/runs/bulk/kinds";
import type { RunRow } from "@/lib/runs/schema";
import { useRunList } from "../run-list/run-list-context";

interface BulkBarProps {
  /** The runs of the page. */
  runs: readonly RunRow[];
}

/** Over the foot of the page, so that nothing moves when it comes; a phone's whole foot. */
const place =
  "sticky bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100vw-32px)] animate-appear flex-wrap items-center gap-2 rounded-3 bg-raised px-3 py-2 shadow-overlay max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:w-auto max-md:max-w-none max-md:rounded-b-none max-md:px-4 max-md:py-3";

/** What can be done to the chosen runs. */
export function BulkBar({ runs: onPage }: BulkBarProps) {
  const { selected, toggleAll, clear, setWish, choosing } = useRunList();
  const [everything, setEverything] = useState(false);
  if (selected.size === 0 && !choosing) return null;
  // Every row of the page is chosen: then all that the filter matches may be meant.
  const pageFull = onPage.length > 0 && onPage.every(({ id }) => selected.has(id));
  const all = everything && pageFull;
  const runs = [...selected.values()];
  const ask = (kind: BulkKind) => setWish({ kind, runs: all ? "filter" : runs });
  const count = (kind: BulkKind) =>
    runs.filter(({ status }) => bulkKind[kind].actsOn.includes(status)).length;
  const end = () => {
    setEverything(false);
    clear();
  };
  return (
    <section aria-label="Chosen runs" className={place}>
      <span className="pr-1 font-medium" role="status">
        {chosenWords(runs.length, all)}
      </span>
      {!pageFull && choosing && onPage.length > 0 && (
        <Button size="sm" variant="ghost" className="md:hidden" onClick={() => toggleAll(onPage)}>
          All {formatCount(onPage.length)} of this page
        </Button>
      )}
      {pageFull && (
        <Button size="sm" variant="ghost" onClick={() => setEverything(!all)}>
          {all ? `Only the ${formatCount(runs.length)} of this page` : "Select all matching this filter"}
        </Button>
      )}
      <span aria-hidden="true" className="h-4 w-px bg-line max-md:h-0 max-md:w-full" />
      {all && (
        <>
          <Button size="sm" onClick={() => ask("cancel")}>
            Cancel…
          </Button>
          <Button size="sm" onClick={() => ask("retry_failed")}>
            Retry failed tasks…
          </Button>
          <Button size="sm" onClick={() => ask("rerun")}>
            Run again…
          </Button>
        </>
      )}
      {!all && runs.length > 0 && (
        <>
          <Act label="Cancel" runs={count("cancel")} onAsk={() => ask("cancel")} />
          <Act label="Retry failed tasks of" runs={count("retry_failed")} onAsk={() => ask("retry_failed")} />
          <Act label="Run again" runs={count("rerun")} onAsk={() => ask("rerun")} />
        </>
      )}
      <Button size="sm" variant="ghost" className="max-md:ml-auto" onClick={end}>
        {choosing ? "Done" : "Clear"}
      </Button>
    </section>
  );
}

function chosenWords(runs: number, all: boolean): string {
  if (all) return "All that match this filter";
  return runs === 0 ? "Touch the runs to choose" : `${formatPlural(runs, "run")} chosen`;
}

/** What there is nothing of is not offered. */
function Act({ label, runs, onAsk }: { label: string; runs: number; onAsk: () => void }) {
  return (
    <Button size="sm" onClick={onAsk} disabled={runs === 0}>
      {runs === 0 ? label.replace(/ of$/, "") : `${label} ${formatCount(runs)}…`}
    </Button>
  );
}
