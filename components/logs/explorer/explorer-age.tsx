import { AsOf } from "@/components/ui/as-of";
import { formatDuration, formatPlural } from "@/lib/format";
import { isSettled } from "@/lib/logs/query-options";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { useExplorerContext } from "./explorer-context";

/** How large the episode is, and how old that statement. */
export function ExplorerAge({ episode, stale }: { episode: EpisodeSummary; stale: boolean }) {
  const { params, live } = useExplorerContext();
  const { firstAt, lastAt, total, asOf } = episode;
  const follows = params.live && live.state.kind === "live" && !isSettled(episode);
  const span = firstAt && lastAt ? Math.max(0, Date.parse(lastAt) - Date.parse(firstAt)) : null;
  return (
    <>
      <span className="whitespace-nowrap pr-2 text-12 text-text-3 max-lg:hidden">
        {formatPlural(total, "row")}
        {span !== null && `, ${formatDuration(span)}`}
      </span>
      {/* On a phone the line at the foot says it. */}
      <AsOf at={asOf} state={stale ? "stale" : follows ? "live" : "still"} className="max-md:hidden" />
    </>
  );
}
