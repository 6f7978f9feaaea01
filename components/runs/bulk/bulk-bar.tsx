"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/lib/format";
import { type BulkKind, bulkKind } from "@/lib/runs/bulk/kinds";
import { useRunList } from "../run-list/run-list-context";

interface BulkBarProps {
  /** Every row of the page is chosen: then all that the filter matches may be meant. */
  pageFull: boolean;
}

/** What can be done to the chosen runs. It lies over the foot of the page, so that nothing moves when it comes. */
export function BulkBar({ pageFull }: BulkBarProps) {
  const { selected, clear, setWish } = useRunList();
  const [everything, setEverything] = useState(false);
  if (selected.size === 0) return null;
  const all = everything && pageFull;
  const runs = [...selected.values()];
  const ask = (kind: BulkKind) => setWish({ kind, runs: all ? "filter" : runs });
  const count = (kind: BulkKind) =>
    runs.filter(({ status }) => bulkKind[kind].actsOn.includes(status)).length;
  return (
    <section
      aria-label="Chosen runs"
      className="sticky bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100vw-32px)] animate-appear flex-wrap items-center gap-2 rounded-3 bg-raised px-3 py-2 shadow-overlay max-md:hidden"
    >
      <span className="pr-1 font-medium" role="status">
        {all ? "All that match this filter" : `${formatPlural(runs.length, "run")} chosen`}
      </span>
      {pageFull && (
        <Button size="sm" variant="ghost" onClick={() => setEverything(!all)}>
          {all ? `Only the ${formatCount(runs.length)} of this page` : "Select all matching this filter"}
        </Button>
      )}
      <span aria-hidden="true" className="h-4 w-px bg-line" />
      {all ? (
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
      ) : (
        <>
          <Act label="Cancel" runs={count("cancel")} onAsk={() => ask("cancel")} />
          <Act label="Retry failed tasks of" runs={count("retry_failed")} onAsk={() => ask("retry_failed")} />
          <Act label="Run again" runs={count("rerun")} onAsk={() => ask("rerun")} />
        </>
      )}
      <Button
        size="sm"
        variant="ghost"
        onClick={() => {
          setEverything(false);
          clear();
        }}
      >
        Clear
      </Button>
    </section>
  );
}

/** What there is nothing of is not offered. */
function Act({ label, runs, onAsk }: { label: string; runs: number; onAsk: () => void }) {
  return (
    <Button size="sm" onClick={onAsk} disabled={runs === 0}>
      {runs === 0 ? label.replace(/ of$/, "") : `${label} ${formatCount(runs)}…`}
    </Button>
  );
}
