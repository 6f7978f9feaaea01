import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import { type RunStatus, runStatus } from "@/lib/runs/status";
import type { WorkflowFigures } from "@/lib/workflows/schema";

/** Height says it as well: a failure stands out in grey, what is not over is low. */
const mark: Record<RunStatus, string> = {
  succeeded: "h-2 bg-ok-soft",
  failed: "h-4 bg-fail-solid",
  running: "h-1 bg-run-solid",
  cancelling: "h-1 bg-warn-solid",
  queued: "h-1 bg-line-control",
  cancelled: "h-2 border border-line-control",
};

/** The last runs as marks, the newest at the right, in as many places as there can be. */
export function RunMarks({ runs, places = 12 }: { runs: WorkflowFigures["last"]; places?: number }) {
  const shown = runs.slice(-places);
  return (
    <span className="flex h-4 items-end justify-end gap-0.5" style={{ width: places * 7 }}>
      <span className="sr-only">{spoken(shown)}</span>
      {shown.map(({ id, status }) => (
        <span key={id} aria-hidden="true" className={cn("w-1.25 rounded-[1px]", mark[status])} />
      ))}
    </span>
  );
}

function spoken(runs: WorkflowFigures["last"]): string {
  const newest = runs.at(-1);
  if (!newest) return "no runs";
  const counts = new Map<RunStatus, number>();
  for (const { status } of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
  const words = [...counts].map(([status, count]) => `${count} ${runStatus[status].label.toLowerCase()}`);
  return `last ${formatPlural(runs.length, "run")}: ${words.join(", ")}; the newest ${runStatus[newest.status].label.toLowerCase()}`;
}
