import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { LogExplorer } from "@/components/logs/explorer/log-explorer";
import { requireWorkspace, type WorkspaceScope } from "@/lib/auth/access";
import { prefetchEpisode } from "@/lib/logs/prefetch";
import { getEpisode } from "@/lib/logs/queries";
import { explorerSearch, loadExplorerParams } from "@/lib/logs/search-params";
import { viewParams, viewSearch } from "@/lib/logs/views/view-params";
import { queryClient } from "@/lib/query/client";
import { getView } from "@/lib/saved-views/queries";

interface EpisodePageProps {
  params: Promise<{ workspace: string; episodeId: string }>;
  searchParams: Promise<SearchParams>;
}

type ExplorerParams = Awaited<ReturnType<typeof loadExplorerParams>>;

export async function generateMetadata({ params }: EpisodePageProps): Promise<Metadata> {
  return { title: `Logs of ${decodeURIComponent((await params).episodeId)}` };
}

export default async function EpisodePage({ params, searchParams }: EpisodePageProps) {
  const { workspace, episodeId } = await params;
  const scope = await requireWorkspace(workspace, "logs:read");
  const episode = await getEpisode(scope, decodeURIComponent(episodeId));
  if (!episode) notFound();
  const opened = await loadExplorerParams(searchParams);
  await goToView(scope, episode.episodeId, opened);
  const client = queryClient();
  await prefetchEpisode(client, scope, episode, opened);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <LogExplorer key={episode.episodeId} workspace={scope.workspaceSlug} initial={episode} />
    </HydrationBoundary>
  );
}

/** A link that names nothing but a saved view leads to what the view is by now; one that is gone shows the episode. */
async function goToView(scope: WorkspaceScope, episodeId: string, opened: ExplorerParams): Promise<void> {
  if (opened.saved === null || viewParams(explorerSearch(opened)) !== "") return;
  const view = await getView(scope, "logs", opened.saved);
  if (!view || view.params === "") return;
  const path = `/w/${scope.workspaceSlug}/logs/${encodeURIComponent(episodeId)}`;
  redirect(`${path}${viewSearch(view)}`);
}
