import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { FiguresSkeleton } from "@/components/archive/figure";
import { Figures } from "@/components/archive/figures";
import { EpisodeOverview } from "@/components/archive/platform/episode-overview";
import { FailedAttempts } from "@/components/archive/platform/failed-attempts";
import { RefreshWhile } from "@/components/archive/refresh-while";
import { Region } from "@/components/archive/region";
import { Page } from "@/components/shell/page";
import { AsOf } from "@/components/ui/as-of";
import { getPlace } from "@/lib/archive/platform/places";
import { getPlatformArchive, listEpisodesIn, listFailedAttempts } from "@/lib/archive/platform/queries";
import { loadArchiveParams } from "@/lib/archive/search-params";
import { requirePlatform } from "@/lib/auth/access";
import { settle, settledPart } from "@/lib/auth/settle";
import { getPlatformHealth } from "@/lib/health/queries";
import { second } from "@/lib/time";

export const metadata: Metadata = { title: "Archive of a workspace" };

interface PlatformWorkspacePageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

/** A workspace that the admin is no member of: what its archive is like, and nothing that is in it. */
export default async function PlatformWorkspacePage({ params, searchParams }: PlatformWorkspacePageProps) {
  const scope = await requirePlatform();
  const place = await getPlace(scope, (await params).workspace);
  if (!place) notFound();
  const asked = await loadArchiveParams(searchParams);
  const { workspaceId, name, slug } = place;
  const archive = settle(getPlatformArchive(scope, workspaceId), "platform: archive");
  const health = settle(getPlatformHealth(scope), "platform: health");
  const episodes = settle(listEpisodesIn(scope, workspaceId, asked), "platform: episodes");
  const failed = settle(listFailedAttempts(scope, workspaceId), "platform: attempts");
  return (
    <Page
      breadcrumb={[{ label: "Platform" }, { label: "All archives", href: "/admin/archive" }, { label: name }]}
      asOf={<AsOf at={new Date().toISOString()} note="every 15 s" />}
    >
      <Suspense fallback={<FiguresSkeleton />}>
        <Figures
          totals={settledPart(archive, ({ totals }) => totals)}
          rates={settledPart(archive, ({ rates }) => rates)}
          errors={settledPart(health, ({ objectStoreErrors24h }) => objectStoreErrors24h)}
        />
      </Suspense>
      <div className="flex flex-col gap-5 px-6 pt-2 pb-6 max-md:px-4">
        <p className="pt-2 text-12 text-text-2">
          You are no member of this workspace: you see what its archive is like, and none of its rows.
        </p>
        <Suspense fallback={<div className="h-60" />}>
          <Region read={episodes} failed="The episodes cannot be read">
            {(list) => <EpisodeOverview address={`/admin/archive/${slug}`} list={list} params={asked} />}
          </Region>
        </Suspense>
        <Suspense fallback={<div className="h-24" />}>
          <Region read={failed} failed="The attempts cannot be read">
            {(attempts) => <FailedAttempts attempts={attempts} />}
          </Region>
        </Suspense>
      </div>
      <RefreshWhile everyMs={15 * second} />
    </Page>
  );
}
