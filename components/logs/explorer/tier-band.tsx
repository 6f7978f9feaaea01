import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import type { TierRun } from "@/lib/logs/view/time-bins";

const pattern: Record<TierRun["tier"], string> = {
  cold: "bg-hatch",
  hot: "bg-tier-hot",
  missing: "min-w-1.5 [background:var(--missing)_0_50%/100%_2px_no-repeat]",
  none: "",
};

/** The 6 px under the bars: solid is live, hatched is archive, dashes are missing. */
export function TierBand({ runs }: { runs: readonly TierRun[] }) {
  return (
    <div aria-hidden="true" className="mt-0.75 flex h-1.5 gap-0.5">
      {runs.map((run) => (
        <span
          key={run.first}
          className={cn("rounded-[1px]", pattern[run.tier])}
          style={{ flexGrow: run.length }}
        />
      ))}
    </div>
  );
}

export function TierKey({ episode, outside }: { episode: EpisodeSummary; outside: number }) {
  const lost = Number(episode.nextSequenceNumber) - episode.total;
  return (
    <span className="flex gap-3.5 whitespace-nowrap max-md:hidden">
      {episode.archived > 0 && (
        <Entry pattern="bg-hatch">archive, {formatCount(episode.archived)} rows</Entry>
      )}
      {episode.hot > 0 && <Entry pattern="bg-tier-hot">live, {formatCount(episode.hot)} rows</Entry>}
      {lost > 0 && (
        <Entry pattern="bg-line-strong h-px align-middle">
          {formatCount(lost)} never written or being written
        </Entry>
      )}
      {outside > 0 && <span>{formatCount(outside)} rows with a time far outside</span>}
    </span>
  );
}

function Entry({ pattern: look, children }: { pattern: string; children: React.ReactNode }) {
  return (
    <span>
      <span
        aria-hidden="true"
        className={cn("mr-1.25 inline-block h-1.5 w-3.5 rounded-[1px] align-[1px]", look)}
      />
      {children}
    </span>
  );
}
