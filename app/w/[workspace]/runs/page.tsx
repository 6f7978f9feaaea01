import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { ChooseRuns } from "@/components/runs/run-list/choose-runs";
import { RunHistogram } from "@/components/runs/run-list/histogram/run-histogram";
import { RunFilterBar } from "@/components/runs/run-list/run-filter-bar";
import { RunList } from "@/components/runs/run-list/run-list";
import { RunListAsOf } from "@/components/runs/run-list/run-list-as-of";
import { RunListLookMenu, RunListProvider } from "@/components/runs/run-list/run-list-context";
import { RunListSkeleton } from "@/components/runs/run-list/run-list-skeleton";
import { RunTabs } from "@/components/runs/run-list/run-tabs";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { requireWorkspace, type WorkspaceScope } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { listFilterChoices } from "@/lib/runs/list/choices";
import type { RunFilters } from "@/lib/runs/list/filters";
import { lookCookie, lookOf } from "@/lib/runs/list/look";
import { listRuns } from "@/lib/runs/queries";
import type { RunPage } from "@/lib/runs/schema";
import { loadRunListParams, type RunListParams, runFiltersOf, runListQuery } from "@/lib/runs/search-params";
import { runViewsPlace } from "@/lib/runs/views/tabs";
import { runViewParams, runViewSearch } from "@/lib/runs/views/view-params";
import { getView, listViews } from "@/lib/saved-views/queries";

export const metadata: Metadata = { title: "Runs" };

const keys = {
  title: "Runs",
  keys: [
    ["j", "Next run"],
    ["k", "Previous run"],
    ["Enter", "Open the run"],
    ["x", "Choose the run, or let it go"],
    ["Shift X", "Choose all from the last one to here"],
    ["c", "Cancel what is chosen, or this run"],
    ["r", "Retry failed tasks of what is chosen, or of this run"],
    ["Esc", "Choose nothing"],
  ],
} as const;

interface RunsPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RunsPage({ params, searchParams }: RunsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "runs:read");
  const look = lookOf((await cookies()).get(lookCookie)?.value);
  const opened = await loadRunListParams(searchParams);
  await goToView(scope, opened);
  const filters = runFiltersOf(opened, look.size);
  const page = listRuns(scope, filters);
  const [choices, views] = await Promise.all([listFilterChoices(scope), listViews(scope, runViewsPlace)]);
  const list = { workspace: scope.workspaceSlug, filters, page };
  const key = JSON.stringify(filters);
  return (
    <Page
      breadcrumb={[{ label: "Runs" }]}
      asOf={
        <Suspense key={key}>
          <LoadedAsOf {...list} />
        </Suspense>
      }
    >
      <RunListProvider
        workspace={scope.workspaceSlug}
        filters={filters}
        mayWrite={can(scope, "runs:write")}
        people={choices.people}
        look={look}
      >
        <RunTabs workspace={scope.workspaceSlug} here="runs" views={views} />
        <RunFilterBar choices={choices}>
          <ChooseRuns />
          <RunListLookMenu />
        </RunFilterBar>
        <RunHistogram workspace={scope.workspaceSlug} filters={filters} />
        <Suspense key={key} fallback={<RunListSkeleton />}>
          <LoadedRunList {...list} />
        </Suspense>
      </RunListProvider>
      <PageKeys group={keys} />
    </Page>
  );
}

/** A link that names nothing but a saved view leads to what the view is by now; one that is gone shows all runs. */
async function goToView(scope: WorkspaceScope, opened: RunListParams): Promise<void> {
  if (opened.saved === null || runViewParams(runListQuery(opened)) !== "") return;
  const view = await getView(scope, "runs", opened.saved);
  if (!view || view.params === "") return;
  redirect(`/w/${scope.workspaceSlug}/runs${runViewSearch(view)}`);
}

interface LoadedProps {
  workspace: string;
  filters: RunFilters;
  page: Promise<RunPage>;
}

async function LoadedRunList({ page, ...props }: LoadedProps) {
  return <RunList {...props} page={await page} />;
}

async function LoadedAsOf({ page, ...props }: LoadedProps) {
  return <RunListAsOf {...props} page={await page} />;
}
