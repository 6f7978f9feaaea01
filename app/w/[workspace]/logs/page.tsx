import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { EpisodeFilterBar } from "@/components/logs/episodes/episode-filter-bar";
import { EpisodeList } from "@/components/logs/episodes/episode-list";
import { EpisodeListSkeleton } from "@/components/logs/episodes/episode-list-skeleton";
import { LogTabs } from "@/components/logs/streams/log-tabs";
import { StreamLog } from "@/components/logs/streams/stream-log";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { requireWorkspace, type WorkspaceScope } from "@/lib/auth/access";
import { countStreams, getStreamSet, listEpisodes } from "@/lib/logs/streams/queries";
import { loadStreamListParams, loadStreamLogParams } from "@/lib/logs/streams/search-params";
import { getRun } from "@/lib/runs/queries";
import { runStatus } from "@/lib/runs/status";

export const metadata: Metadata = { title: "Logs" };

const keys = {
  title: "Logs",
  keys: [
    ["j", "Next stream"],
    ["k", "Previous stream"],
    ["Enter", "Open the stream"],
  ],
} as const;

interface LogsPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

/** The streams of a workspace as a list, all their rows by time, or those of one run. */
export default async function LogsPage({ params, searchParams }: LogsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "logs:read");
  const { tab, run } = await loadStreamLogParams(searchParams);
  if (run !== null) return <RunLog scope={scope} runId={run} />;
  if (tab === "time") return <WorkspaceLog scope={scope} />;
  const filters = await loadStreamListParams(searchParams);
  return (
    <Page
      breadcrumb={[{ label: "Logs" }]}
      actions={<LogTabs workspace={scope.workspaceSlug} tab="streams" />}
    >
      <EpisodeFilterBar counts={countStreams(scope)} />
      <Suspense key={JSON.stringify(filters)} fallback={<EpisodeListSkeleton />}>
        <EpisodeList
          workspace={scope.workspaceSlug}
          filters={filters}
          page={listEpisodes(scope, { ...filters, search: filters.q })}
        />
      </Suspense>
      <PageKeys group={keys} />
    </Page>
  );
}

async function RunLog({ scope, runId }: { scope: WorkspaceScope; runId: string }) {
  const [run, summary] = await Promise.all([
    getRun(scope, runId),
    getStreamSet(scope, { runId, only: [], without: [] }, { listed: false }),
  ]);
  if (!summary) notFound();
  const name = run ? `${run.workflowName} v${run.versionNumber}` : runId;
  const over = run !== null && runStatus[run.status].final;
  const shown = { id: runId, name, over };
  return <StreamLog key={runId} workspace={scope.workspaceSlug} run={shown} initial={summary} />;
}

async function WorkspaceLog({ scope }: { scope: WorkspaceScope }) {
  const summary = await getStreamSet(scope, { runId: null, only: [], without: [] }, { listed: false });
  if (!summary) notFound();
  return <StreamLog workspace={scope.workspaceSlug} run={null} initial={summary} />;
}
