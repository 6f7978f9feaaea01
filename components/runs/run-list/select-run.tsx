"use client";

import { cn } from "@/components/ui/cn";
import type { LiveRow } from "@/lib/runs/live-page";
import type { RunRow } from "@/lib/runs/schema";
import { useRunList } from "./run-list-context";

const box = "relative z-1 flex size-6 items-center justify-center";
/** On a phone the whole row is what is touched. */
const row = "max-md:static max-md:after:absolute max-md:after:inset-0 max-md:after:z-2";

/** Chooses a run; with Shift, all rows since the last one that was chosen. */
export function SelectRun({ run, rows, last, onLast }: SelectRunProps) {
  const { selected, toggle } = useRunList();
  return (
    <label className={cn(box, row)}>
      <span className="sr-only">
        Select {run.workflowName} {run.id}
      </span>
      <input
        type="checkbox"
        checked={selected.has(run.id)}
        onChange={(event) => {
          const shift = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey;
          toggle(run, shift && last ? { rows, id: last } : undefined);
          onLast(run.id);
        }}
        className="size-3.5 accent-accent"
      />
    </label>
  );
}

interface SelectRunProps {
  run: RunRow;
  rows: readonly RunRow[];
  /** The run that was chosen last. */
  last: string | null;
  onLast: (runId: string) => void;
}

/** Chooses all runs of the page. */
export function SelectPage({ rows }: { rows: readonly LiveRow[] }) {
  const { selected, toggleAll } = useRunList();
  const runs = rows.map(({ run }) => run);
  const count = runs.filter(({ id }) => selected.has(id)).length;
  return (
    <label className={cn(box, "max-md:hidden")}>
      <span className="sr-only">Select all runs of this page</span>
      <input
        type="checkbox"
        checked={count > 0 && count === runs.length}
        ref={(input) => {
          if (input) input.indeterminate = count > 0 && count < runs.length;
        }}
        onChange={() => toggleAll(runs)}
        className="size-3.5 accent-accent"
      />
    </label>
  );
}
