import type { Column } from "@/components/data-table/data-table";
import { TierBar } from "@/components/logs/tier-bar";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { drainOf } from "@/lib/archive/drain";
import type { WorkspaceArchive } from "@/lib/archive/platform/schema";
import { formatCompact, formatCount, formatDuration } from "@/lib/format";
import { stateLook } from "../archive-look";
import { formatRate } from "../figures";

/** On a phone: workspace and state, the bar, what is wrong. */
export const workspaceRowClass =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0";

export const workspaceColumns: readonly Column<WorkspaceArchive>[] = [
  {
    id: "state",
    header: "State",
    width: 112,
    className: "pl-2 max-md:order-2 max-md:pl-0",
    cell: (workspace) => <StatusBadge status={stateLook[worstState(workspace)]} />,
  },
  {
    id: "workspace",
    header: "Workspace",
    opens: true,
    className: "max-md:order-1",
    cell: ({ name, slug, isCanary }) => (
      <>
        {name} <span className="font-normal text-text-3">{isCanary ? "checks the platform" : slug}</span>
      </>
    ),
  },
  {
    id: "tiers",
    header: "Archive and live, to scale",
    width: 220,
    className: "max-md:order-3 max-md:col-span-2",
    cell: ({ archivedLogs, hotLogs }) => (
      <span className="grid grid-cols-[50px_minmax(0,1fr)_50px] items-center gap-2 text-text-2">
        <span className="text-right max-md:text-left">{formatCompact(archivedLogs)}</span>
        <TierBar archived={archivedLogs} live={hotLogs} />
        <span className="max-md:text-right">{formatCompact(hotLogs)}</span>
      </span>
    ),
  },
  {
    id: "episodes",
    header: "Episodes",
    width: 64,
    align: "right",
    className: "text-text-2 max-xl:hidden",
    cell: ({ episodes }) => formatCount(episodes),
  },
  {
    id: "chunks",
    header: "Chunks",
    width: 132,
    align: "right",
    className: "text-text-2 max-md:order-4 max-md:text-left",
    cell: (workspace) => <Chunks {...workspace} />,
  },
  {
    id: "waiting",
    header: "Waiting",
    width: 124,
    align: "right",
    className: "text-text-2 max-lg:hidden",
    cell: (workspace) => <Waiting {...workspace} />,
  },
  {
    id: "rates",
    header: "Archived, in /s",
    width: 116,
    align: "right",
    className: "text-text-2 max-xl:hidden",
    cell: ({ rates }) => `${formatRate(rates.archivedPerSecond)}, ${formatRate(rates.ingestedPerSecond)}`,
  },
  {
    id: "failed",
    header: "Failed, 24 h",
    width: 76,
    align: "right",
    className: "max-lg:hidden",
    cell: ({ failedAttempts24h: failed }) => (
      <span className={failed > 0 ? "font-medium text-warn-text" : "text-text-2"}>{formatCount(failed)}</span>
    ),
  },
  {
    id: "sweep",
    header: "Orphans",
    width: 136,
    className: "pl-3 max-xl:hidden",
    cell: (workspace) => <Orphans {...workspace} />,
  },
];

function worstState({ states }: WorkspaceArchive) {
  if (states.damaged > 0) return "damaged";
  if (states.overdue > 0) return "overdue";
  if (states.archiving > 0) return "archiving";
  return states.live > 0 ? "live" : "verified";
}

function Chunks({ chunks, damagedChunks, overdueChunks }: WorkspaceArchive) {
  return (
    <>
      {damagedChunks > 0 && (
        <span className="font-medium text-fail-text">{formatCount(damagedChunks)} damaged of </span>
      )}
      {damagedChunks === 0 && overdueChunks > 0 && (
        <span className="font-medium text-warn-text">{formatCount(overdueChunks)} overdue of </span>
      )}
      {formatCount(chunks)}
      <span className="md:hidden"> {chunks === 1 ? "chunk" : "chunks"}</span>
    </>
  );
}

function Waiting({ waitingLogs, rates }: WorkspaceArchive) {
  const drain = drainOf(waitingLogs, rates);
  if (drain.kind === "idle") return <span className="text-text-3">none</span>;
  return (
    <>
      {formatCompact(waitingLogs)},{" "}
      {drain.kind === "draining" ? (
        formatDuration(drain.ms)
      ) : (
        <span className="text-warn-text">{drain.kind === "behind" ? "falling behind" : "standing"}</span>
      )}
    </>
  );
}

/** What the last look at the object store found that no chunk points at. */
function Orphans({ sweep }: WorkspaceArchive) {
  if (!sweep) return <span className="text-text-3">not looked yet</span>;
  const { unexplained, waiting, sweptAt } = sweep;
  return (
    <>
      {unexplained > 0 ? (
        <span className="font-medium text-warn-text">{formatCount(unexplained)} unexplained</span>
      ) : (
        <span className="text-text-2">{waiting > 0 ? `${formatCount(waiting)} too young` : "none"}</span>
      )}
      <span className="text-text-3">
        , <Time at={sweptAt} />
      </span>
    </>
  );
}
