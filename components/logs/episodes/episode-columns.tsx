import Link from "next/link";
import type { Column } from "@/components/data-table/data-table";
import { IdText } from "@/components/ui/id-text";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatCompact, formatCount } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { EpisodeName } from "../episode-name";
import { LevelMix } from "../level-mix";
import { taskHref } from "../task-href";
import { TierBar } from "../tier-bar";

/** On a phone a row is the id and its age, the two bars, and the rows. */
export const episodeRowClass =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_84px] max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0";

export function episodeColumns(workspace: string): readonly Column<EpisodeSummary>[] {
  return [
    {
      id: "episode",
      header: "Stream",
      opens: true,
      className: "max-md:order-1 max-md:col-span-2",
      cell: (episode) => <EpisodeName episode={episode} />,
    },
    {
      id: "state",
      header: "State",
      width: 104,
      className: "max-lg:hidden",
      cell: (episode) => <EpisodeState episode={episode} />,
    },
    {
      id: "rows",
      header: "Rows",
      width: 88,
      align: "right",
      className: "max-md:order-5",
      cell: (episode) => formatCount(episode.total),
    },
    {
      id: "levels",
      header: "Levels",
      width: 140,
      className: "pl-3 md:max-xl:hidden max-md:order-3 max-md:pl-0",
      cell: (episode) => <LevelMix levels={episode.levels} />,
    },
    {
      id: "failures",
      header: "Errors",
      width: 76,
      align: "right",
      className: "max-lg:hidden",
      cell: ({ levels }) => <Errors count={levels.error + levels.fatal} />,
    },
    {
      id: "tiers",
      header: "Archive and live",
      width: 208,
      className: "pl-3 md:max-lg:hidden max-md:order-4 max-md:pl-0",
      cell: ({ archived, hot }) => (
        <span className="grid grid-cols-[52px_minmax(0,1fr)_52px] items-center gap-2 text-text-2 max-md:block">
          <span className="text-right max-md:hidden">{formatCompact(archived)}</span>
          <TierBar archived={archived} live={hot} />
          <span className="max-md:hidden">{formatCompact(hot)}</span>
        </span>
      ),
    },
    {
      id: "last",
      header: "Last row",
      width: 112,
      align: "right",
      className: "text-text-2 max-md:order-2 max-md:overflow-visible max-md:justify-self-end",
      cell: ({ lastAt }) => (lastAt ? <Time at={lastAt} /> : <span className="text-text-3">never</span>),
    },
    {
      id: "producer",
      header: "Written by",
      width: 148,
      className: "pl-3 text-text-2 max-[1400px]:hidden",
      cell: ({ producer }) => <Producer workspace={workspace} producer={producer} />,
    },
  ];
}

function EpisodeState({ episode: { chunks, archiving, ended } }: { episode: EpisodeSummary }) {
  if (chunks.verified < chunks.total) return <StatusBadge status={{ label: "Damaged", tone: "fail" }} />;
  if (archiving) return <StatusBadge status={{ label: "Archiving", tone: "run" }} />;
  const [label, shape] = ended ? (["Ended", "stopped"] as const) : (["Open", "ring"] as const);
  return <StatusBadge status={{ label, tone: "off", shape }} className="font-normal" />;
}

function Errors({ count }: { count: number }) {
  if (count === 0) return <span className="text-text-3">none</span>;
  return <span className="font-medium text-fail-text">{formatCount(count)}</span>;
}

function Producer({ workspace, producer }: { workspace: string; producer: EpisodeSummary["producer"] }) {
  if (producer.kind !== "run_task" || !producer.runId)
    return <span className="text-text-3">outside producer</span>;
  return (
    <Link
      href={taskHref(workspace, producer.runId, producer.taskId)}
      className="relative z-1 font-medium text-accent-text hover:underline"
    >
      <IdText id={producer.runId} name="run id" copy={false} className="align-bottom" />
    </Link>
  );
}
