import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { RowKeys } from "@/components/data-table/row-keys";
import { archiveAttention } from "@/components/home/archive-attention";
import { AttentionList } from "@/components/home/attention-list";
import { FirstVisit } from "@/components/home/first-visit";
import { Health } from "@/components/home/health";
import { HomeGrid } from "@/components/home/home-grid";
import { ChartSkeleton, HealthSkeleton, ListSkeleton } from "@/components/home/home-skeleton";
import { homeWindow, loadHomeParams } from "@/components/home/home-window";
import { Lead, LeadSkeleton } from "@/components/home/lead";
import { RecentRuns } from "@/components/home/recent-runs";
import { RunningList } from "@/components/home/running-list";
import { RunsByHour } from "@/components/home/runs-by-hour";
import { WindowSwitch } from "@/components/home/window-switch";
import { Page } from "@/components/shell/page";
import { RefreshEvery } from "@/components/shell/refresh-every";
import { AsOf } from "@/components/ui/as-of";
import { getArchiveTotals } from "@/lib/archive/queries";
import { requireWorkspace } from "@/lib/auth/access";
import { settle } from "@/lib/auth/settle";
import { getHomeFigures, listAttention, listRunning, listRuns } from "@/lib/runs/queries";

export const metadata: Metadata = { title: "Home" };

const refreshSeconds = 60;
const ended = ["succeeded", "failed", "cancelled"] as const;

interface HomePageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function HomePage({ params, searchParams }: HomePageProps) {
  const scope = await requireWorkspace((await params).workspace, "runs:read");
  const { window } = await loadHomeParams(searchParams);
  const slug = scope.workspaceSlug;
  const figures = settle(getHomeFigures(scope, homeWindow[window].hours), "home: figures");
  const running = settle(listRunning(scope, 100), "home: running");
  const archive = settle(getArchiveTotals(scope), "home: archive");
  const failures = settle(listAttention(scope), "home: attention");
  const attention = withArchive(failures, archive, slug);
  const [recent, runningNow, archived] = await Promise.all([
    listRuns(scope, { statuses: [...ended], workflowId: null, cursor: null, direction: "older" }),
    running,
    archive,
  ]);
  const empty =
    recent.runs.length === 0 &&
    runningNow.ok &&
    runningNow.value.length === 0 &&
    archived.ok &&
    archived.value.episodes === 0;

  return (
    <Page
      breadcrumb={[{ label: <HomeCrumb workspace={scope.workspaceName} /> }]}
      ownHeading
      asOf={<AsOf at={recent.asOf} note={`every ${refreshSeconds} s`} />}
      actions={!empty && <WindowSwitch workspace={slug} chosen={window} />}
    >
      {empty ? (
        <HomeGrid
          lead={<FirstVisit workspace={slug} name={scope.workspaceName} />}
          left={null}
          right={null}
        />
      ) : (
        <HomeGrid
          lead={
            <Suspense fallback={<LeadSkeleton />}>
              <Lead {...{ attention, running, figures }} windowWords={homeWindow[window].words} />
            </Suspense>
          }
          left={
            <>
              <Suspense fallback={<ListSkeleton title="Needs attention" rows={3} />}>
                <AttentionList attention={attention} />
              </Suspense>
              <RunningList workspace={slug} running={running} />
              <RecentRuns workspace={slug} runs={recent.runs.slice(0, 10)} />
            </>
          }
          right={
            <>
              <Suspense key={window} fallback={<ChartSkeleton title={homeWindow[window].chartTitle} />}>
                <RunsByHour figures={figures} window={window} />
              </Suspense>
              <Suspense key={`health ${window}`} fallback={<HealthSkeleton />}>
                <Health figures={figures} archive={archive} window={window} />
              </Suspense>
            </>
          }
        />
      )}
      <RowKeys />
      <RefreshEvery seconds={refreshSeconds} />
    </Page>
  );
}

/** On a phone there is no sidebar to say where one is. */
function HomeCrumb({ workspace }: { workspace: string }) {
  return (
    <>
      <span className="max-md:hidden">Home</span>
      <span className="md:hidden">{workspace}</span>
    </>
  );
}

async function withArchive(
  failures: ReturnType<typeof settle<Awaited<ReturnType<typeof listAttention>>>>,
  archive: ReturnType<typeof settle<Awaited<ReturnType<typeof getArchiveTotals>>>>,
  slug: string,
) {
  const [runs, totals] = await Promise.all([failures, archive]);
  if (!runs.ok || !totals.ok) return runs;
  return { ok: true as const, value: [...runs.value, ...archiveAttention(totals.value, slug)] };
}
