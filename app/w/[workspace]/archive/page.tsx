import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { EpisodeActs } from "@/components/archive/acts/episode-acts";
import { EpisodeHolds } from "@/components/archive/acts/hold-line";
import { RestoreList } from "@/components/archive/acts/restore-list";
import { EpisodeDetail } from "@/components/archive/episode-detail";
import { EpisodeTable } from "@/components/archive/episode-table";
import { Figures } from "@/components/archive/figures";
import { NoEpisodesToArchive } from "@/components/archive/nothing-archived";
import { RefreshWhile } from "@/components/archive/refresh-while";
import { HealthStrip } from "@/components/health/health-strip";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { AsOf } from "@/components/ui/as-of";
import { getEpisodeActs } from "@/lib/archive/acts/queries";
import {
  getArchiveTotals,
  getLastScrub,
  listArchiveAttempts,
  listArchiveChunks,
  listArchiveEpisodes,
} from "@/lib/archive/queries";
import { getRestoreList } from "@/lib/archive/restore/restore-json";
import { loadArchiveParams } from "@/lib/archive/search-params";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { getHealth } from "@/lib/health/queries";
import { getEpisode } from "@/lib/logs/queries";
import { second } from "@/lib/time";

export const metadata: Metadata = { title: "Archive" };

const attemptsShown = 20;

const keys = {
  title: "Archive",
  keys: [
    ["j k", "Next, previous episode"],
    ["Enter", "Show its chunks"],
    ["← →", "Next, previous chunk, in the strip"],
  ],
} as const;

interface ArchivePageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ArchivePage({ params, searchParams }: ArchivePageProps) {
  const scope = await requireWorkspace((await params).workspace, "archive:read");
  const { episode: asked, cursor } = await loadArchiveParams(searchParams);
  const [totals, { episodes, next }, health] = await Promise.all([
    getArchiveTotals(scope),
    listArchiveEpisodes(scope, { cursor }),
    getHealth(scope),
  ]);
  // The worst episode is the one to look at, unless a link names another.
  const chosen = asked ?? episodes[0]?.episodeId ?? null;
  const [episode, chunks, attempts, scrub, acts, restores] = await Promise.all([
    chosen === null ? null : getEpisode(scope, chosen),
    chosen === null ? [] : listArchiveChunks(scope, chosen),
    chosen === null ? [] : listArchiveAttempts(scope, chosen, attemptsShown),
    chosen === null ? null : getLastScrub(scope, chosen),
    chosen === null ? null : getEpisodeActs(scope, chosen),
    chosen === null ? null : getRestoreList(scope, chosen),
  ]);
  const workspace = scope.workspaceSlug;
  const rights = { write: can(scope, "archive:write"), delete: can(scope, "archive:delete") };
  const underWay = episodes.some(({ archiving }) => archiving) || episode?.archiving === true;
  // The worker takes up what is overdue, at a time of its own.
  const waiting = episodes.some(({ state }) => state === "overdue");
  return (
    <Page
      breadcrumb={[{ label: "Archive" }]}
      asOf={<AsOf at={totals.asOf} state={underWay || waiting ? "live" : "still"} />}
      actions={<EpisodeActs key={chosen} workspace={workspace} acts={acts} rights={rights} />}
    >
      <Figures totals={totals} />
      <HealthStrip health={health} />
      {episodes.length === 0 && !cursor ? (
        <NoEpisodesToArchive workspace={workspace} />
      ) : (
        <EpisodeTable
          workspace={workspace}
          episodes={episodes}
          total={totals.episodes}
          selected={chosen ?? ""}
          cursor={cursor}
          next={next}
        />
      )}
      {episode && (
        <EpisodeDetail
          workspace={workspace}
          episodeId={episode.episodeId}
          threshold={episodes.find((one) => one.episodeId === chosen)?.threshold ?? null}
          chunks={chunks}
          attempts={attempts}
          attemptsShown={attemptsShown}
          scrub={scrub}
          holds={acts && <EpisodeHolds workspace={workspace} holds={acts.holds} rights={rights} />}
          restores={
            restores && (
              <RestoreList
                key={episode.episodeId}
                workspace={workspace}
                episodeId={episode.episodeId}
                shown={restores}
                rights={rights}
              />
            )
          }
          rights={rights}
        />
      )}
      {asked && !episode && (
        <p className="px-6 py-4 text-text-2 max-md:px-4">
          There is no episode <span className="mono">{asked}</span> in this workspace.
        </p>
      )}
      <RefreshWhile everyMs={underWay ? 3 * second : waiting ? 15 * second : null} />
      <PageKeys group={keys} />
    </Page>
  );
}
