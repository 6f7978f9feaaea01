import { cn } from "@/components/ui/cn";
import type { TierRun } from "@/lib/logs/view/histogram-bars";

/** The same patterns wherever a tier is drawn: solid is live, hatched archive, dashes missing, thin hatching on its way. */
export const tierPattern: Record<TierRun["tier"], string> = {
  cold: "bg-hatch",
  hot: "bg-tier-hot",
  archiving: "bg-hatch-queued outline outline-tier-hot -outline-offset-1",
  missing: "min-w-1.5 [background:var(--missing)_0_50%/100%_2px_no-repeat]",
  none: "",
};

/** The 6 px under the bars: where the rows of that time are stored. */
export function TierBand({ runs }: { runs: readonly TierRun[] }) {
  return (
    <div aria-hidden="true" className="mt-0.75 flex h-1.5 gap-0.5">
      {runs.map((run) => (
        <span
          key={run.first}
          className={cn("rounded-[1px]", tierPattern[run.tier])}
          style={{ flexGrow: run.length }}
        />
      ))}
    </div>
  );
}
