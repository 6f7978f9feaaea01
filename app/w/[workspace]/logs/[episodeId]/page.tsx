import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { LogExplorer } from "@/components/logs/explorer/log-explorer";
import { requireWorkspace } from "@/lib/auth/access";
import { prefetchEpisode } from "@/lib/logs/prefetch";
import { getEpisode } from "@/lib/logs/queries";
import { loadExplorerParams } from "@/lib/logs/search-params";
import { queryClient } from "@/lib/query/client";

interface EpisodePageProps {
  params: Promise<{ workspace: string; episodeId: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: EpisodePageProps): Promise<Metadata> {
  return { title: `Logs of ${decodeURIComponent((await params).episodeId)}` };
}

export default async function EpisodePage({ params, searchParams }: EpisodePageProps) {
  const { workspace, episodeId } = await params;
  const scope = await requireWorkspace(workspace, "logs:read");
  const episode = await getEpisode(scope, decodeURIComponent(episodeId));
  if (!episode) notFound();
  const client = queryClient();
  await prefetchEpisode(client, scope, episode, await loadExplorerParams(searchParams));
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LogExplorer key={episode.episodeId} workspace={scope.workspaceSlug} initial={episode} />
    </HydrationBoundary>
  );
}
