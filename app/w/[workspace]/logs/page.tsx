import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { EpisodeList } from "@/components/logs/episodes/episode-list";
import { EpisodeListSkeleton } from "@/components/logs/episodes/episode-list-skeleton";
import { EpisodeSearch } from "@/components/logs/episodes/episode-search";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { requireWorkspace } from "@/lib/auth/access";
import { listEpisodes } from "@/lib/logs/queries";
import { loadEpisodeListParams } from "@/lib/logs/search-params";

export const metadata: Metadata = { title: "Logs" };

const keys = {
  title: "Logs",
  keys: [
    ["j", "Next episode"],
    ["k", "Previous episode"],
    ["Enter", "Open the episode"],
  ],
} as const;

interface LogsPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function LogsPage({ params, searchParams }: LogsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "logs:read");
  const { q, cursor } = await loadEpisodeListParams(searchParams);
  const page = listEpisodes(scope, { cursor, search: q });
  return (
    <Page breadcrumb={[{ label: "Logs" }]}>
      <EpisodeSearch />
      <Suspense key={`${q} ${cursor}`} fallback={<EpisodeListSkeleton />}>
        <EpisodeList workspace={scope.workspaceSlug} search={q} cursor={cursor} page={page} />
      </Suspense>
      <PageKeys group={keys} />
    </Page>
  );
}
