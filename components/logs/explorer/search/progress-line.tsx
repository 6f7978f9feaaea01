import type { SearchRun } from "@/lib/logs/view/search-run";

/** How far back a search has come, in the line under its strip. Gone when there is nothing left to look at. */
export function ProgressLine({ run }: { run: SearchRun }) {
  if (run.status === "complete" || run.status === "idle" || run.next === null) return null;
  const back = run.backTo ? Number(run.backTo.seq) : run.next;
  const share = run.next > 0 ? Math.max(0, 1 - back / run.next) : 0;
  return (
    <span
      aria-hidden="true"
      className="absolute -bottom-px left-0 h-px min-w-2 bg-accent"
      style={{ width: `${share * 100}%` }}
    />
  );
}
