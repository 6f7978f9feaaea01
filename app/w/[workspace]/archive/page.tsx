import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { EpisodeActs } from "@/components/archive/acts/episode-acts";
import { EpisodeDetail, EpisodeDetailSkeleton } from "@/components/archive/episode-detail";
import { EpisodeTable } from "@/components/archive/episode-table";
import { FiguresSkeleton } from "@/components/archive/figure";
import { Figures } from "@/components/archive/figures";
import { NoEpisodesToArchive } from "@/components/archive/nothing-archived";
import { RefreshWhile } from "@/components/archive/refresh-while";
import { Region } from "@/components/archive/region";
import { RegionFailed } from "@/components/archive/region-failed";
import { HealthLine } from "@/components/health/health-line";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { AsOf } from "@/components/ui/as-of";
import { getEpisodeActs } from "@/lib/archive/acts/queries";
import { getArchiveRates, getArchiveTotals, listArchiveEpisodes } from "@/lib/archive/queries";
import { archiveSearch, loadArchiveParams } from "@/lib/archive/search-params";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { settle } from "@/lib/auth/settle";
import { getHealth, getStoreErrors } from "@/lib/health/queries";
import { minute, second } from "@/lib/time";

export const metadata: Metadata = { title: "Archive" };

const keys = {
  title: "Archive",
  keys: [
    ["/", "Search episodes"],
    ["j k", "Next, previous episode"],
    ["Enter", "Show its chunks"],
    ["← →", "Next, previous chunk, in the strip"],
    ["↑ ↓", "A line of chunks up or down"],
  ],
} as const;

interface ArchivePageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ArchivePage({ params, searchParams }: ArchivePageProps) {
  const scope = await requireWorkspace((await params).workspace, "archive:read");
  const asked = await loadArchiveParams(searchParams);
  const asOf = new Date().toISOString();
  // Begun together, drawn each where it stands: a store that is away costs its own region.
  const totals = settle(getArchiveTotals(scope), "archive: totals");
  const rates = settle(getArchiveRates(scope), "archive: rates");
  const errors = settle(getStoreErrors(scope), "archive: store errors");
  const health = settle(getHealth(scope), "archive: health");
  const list = await settle(listArchiveEpisodes(scope, asked), "archive: episodes");
  const episodes = list.ok ? list.value.episodes : [];
  // The worst episode is the one to look at, unless a link names another.
  const chosen = asked.episode ?? episodes[0]?.episodeId ?? null;
  const acts = chosen === null ? null : await settle(getEpisodeActs(scope, chosen), "archive: acts");
  const workspace = scope.workspaceSlug;
  const rights = { write: can(scope, "archive:write"), delete: can(scope, "archive:delete") };
  const underWay = episodes.some(({ archiving }) => archiving) || (acts?.ok && acts.value?.busy === true);
  // The worker takes up what is overdue, at a time of its own.
  const waiting = episodes.some(({ state }) => state === "overdue");
  const filtered = asked.state !== null || asked.q !== "";
  const nothingYet = list.ok && episodes.length === 0 && !filtered && !asked.cursor;
  return (
    <Page
      breadcrumb={[{ label: "Archive" }]}
      asOf={<AsOf at={asOf} state={underWay || waiting ? "live" : "still"} />}
      actions={
        <EpisodeActs key={chosen} workspace={workspace} acts={acts?.ok ? acts.value : null} rights={rights} />
      }
    >
      <Suspense fallback={<FiguresSkeleton />}>
        <Figures
          totals={totals}
          rates={rates}
          errors={errors}
          linkTo={(filter) => `/w/${workspace}/archive${archiveSearch(filter)}`}
        />
      </Suspense>
      <Suspense fallback={<div className="h-8 border-line border-b" />}>
        <Region read={health} failed="The health of the platform cannot be read">
          {(value) => <HealthLine health={value} />}
        </Region>
      </Suspense>
      {!list.ok && (
        <div className="px-6 max-md:px-4">
          <RegionFailed title="The episodes cannot be read" requestId={list.requestId} />
        </div>
      )}
      {nothingYet && <NoEpisodesToArchive workspace={workspace} />}
      {list.ok && !nothingYet && (
        <EpisodeTable
          workspace={workspace}
          episodes={episodes}
          states={totals.then((read) => (read.ok ? read.value.states : null))}
          matching={list.value.matching}
          filter={{ state: asked.state, q: asked.q, cursor: asked.cursor }}
          selected={chosen ?? ""}
          next={list.value.next}
        />
      )}
      {chosen !== null && (
        <Suspense key={chosen} fallback={<EpisodeDetailSkeleton episodeId={chosen} />}>
          <EpisodeDetail scope={scope} episodeId={chosen} acts={acts} rights={rights} params={asked} />
        </Suspense>
      )}
      <RefreshWhile everyMs={underWay ? 3 * second : waiting ? 15 * second : minute} />
      <PageKeys group={keys} />
    </Page>
  );
}
