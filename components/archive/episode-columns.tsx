import { Lock } from "lucide-react";
import type { Column } from "@/components/data-table/data-table";
import { EpisodeName } from "@/components/logs/episode-name";
import { TierBar } from "@/components/logs/tier-bar";
import { cn } from "@/components/ui/cn";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { ArchiveEpisode } from "@/lib/archive/schema";
import { formatCompact, formatCount, formatHourMinute } from "@/lib/format";
import { stateLook } from "./archive-look";
import { Lease } from "./lease";

/** On a phone: episode and state, the bar with its figures, the last error. */
export const archiveRowClass =
  "data-[selected=true]:bg-accent-tint data-[selected=true]:shadow-[inset_2px_0_var(--accent)] max-md:-mx-4 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-2.5 max-md:*:pr-0";

export const archiveColumns: readonly Column<ArchiveEpisode>[] = [
  {
    id: "state",
    header: "State",
    width: 112,
    className: "pl-2 max-md:order-2 max-md:pl-0",
    cell: ({ state }) => <StatusBadge status={stateLook[state]} />,
  },
  {
    id: "episode",
    header: "Episode",
    opens: true,
    className: "max-md:order-1",
    cell: (episode) => <EpisodeName episode={episode} className="font-normal" />,
  },
  {
    id: "held",
    header: "Hold",
    width: 40,
    className: "max-xl:hidden",
    cell: ({ held }) =>
      held && (
        <span className="inline-flex items-center text-text-2">
          <Lock size={12} aria-hidden="true" />
          <span className="sr-only">held: nothing of it is deleted</span>
        </span>
      ),
  },
  {
    id: "tiers",
    header: "Archive and live, to scale",
    width: 216,
    className: "max-md:order-3 max-md:col-span-2",
    cell: ({ archived, hot, threshold }) => (
      <span className="grid grid-cols-[54px_minmax(0,1fr)_54px] items-center gap-2 text-text-2">
        <span className="text-right max-md:text-left">{formatCompact(archived)}</span>
        <TierBar archived={archived} live={hot} threshold={threshold} />
        <span className="max-md:text-right">{formatCompact(hot)}</span>
      </span>
    ),
  },
  {
    id: "chunks",
    header: "Chunks",
    width: 60,
    align: "right",
    className: "text-text-2 max-md:hidden",
    cell: ({ chunks }) => formatCount(chunks.total),
  },
  {
    id: "lease",
    header: "Lease",
    width: 176,
    className: "pl-3 max-xl:hidden",
    cell: ({ lease }) => (lease ? <Lease {...lease} /> : <span className="text-text-3">none</span>),
  },
  {
    id: "archived",
    header: "Archived",
    width: 88,
    align: "right",
    className: "text-text-2 max-xl:hidden",
    cell: ({ lastArchivedAt }) =>
      lastArchivedAt ? <Time at={lastArchivedAt} /> : <span className="text-text-3">never</span>,
  },
  {
    id: "error",
    header: "Last error",
    width: 160,
    className:
      "pl-3 max-md:order-4 max-md:col-span-2 max-md:block max-md:whitespace-normal max-md:pl-0 max-md:empty:hidden",
    cell: (episode) => <LastError {...episode} />,
  },
  {
    id: "attempts",
    header: "Attempts",
    width: 66,
    align: "right",
    className: "text-text-2 max-xl:hidden md:last:pr-2",
    cell: ({ attempts }) => formatCount(attempts),
  },
];

/** What stands in the way: a chunk that cannot be read is worse than an attempt that failed, and an attempt is repeated. */
function LastError({ state, chunks, lastError, nextAttemptAt }: ArchiveEpisode) {
  const bad = chunks.total - chunks.verified;
  if (bad > 0 && !lastError)
    return (
      <span className="text-fail-text">
        {bad === 1 ? "1 chunk" : `${formatCount(bad)} chunks`} not as written
      </span>
    );
  if (!lastError) return null;
  return (
    <span
      className={cn(
        "block truncate max-md:whitespace-normal",
        state === "damaged" ? "text-fail-text" : "text-warn-text",
      )}
    >
      {nextAttemptAt && `retry ${formatHourMinute(nextAttemptAt)}: `}
      {lastError}
    </span>
  );
}
