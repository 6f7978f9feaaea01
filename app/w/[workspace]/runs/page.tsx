import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";
import { RunFilterBar } from "@/components/runs/run-list/run-filter-bar";
import { RunList } from "@/components/runs/run-list/run-list";
import { RunListAsOf } from "@/components/runs/run-list/run-list-as-of";
import { RunFilterBarSkeleton, RunListSkeleton } from "@/components/runs/run-list/run-list-skeleton";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { requireWorkspace } from "@/lib/auth/access";
import type { RunFilters } from "@/lib/runs/list/filters";
import { listRuns, listWorkflowOptions } from "@/lib/runs/queries";
import type { RunPage } from "@/lib/runs/schema";
import { loadRunListParams, runFiltersOf } from "@/lib/runs/search-params";

export const metadata: Metadata = { title: "Runs" };

const keys = {
  title: "Runs",
  keys: [
    ["j", "Next run"],
    ["k", "Previous run"],
    ["Enter", "Open the run"],
  ],
} as const;

interface RunsPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RunsPage({ params, searchParams }: RunsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "runs:read");
  const filters = runFiltersOf(await loadRunListParams(searchParams));
  const page = listRuns(scope, filters);
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
      <Suspense fallback={<RunFilterBarSkeleton />}>
        <LoadedFilterBar workflows={listWorkflowOptions(scope)} />
      </Suspense>
      <Suspense key={key} fallback={<RunListSkeleton />}>
        <LoadedRunList {...list} />
      </Suspense>
      <PageKeys group={keys} />
    </Page>
  );
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

async function LoadedFilterBar({ workflows }: { workflows: ReturnType<typeof listWorkflowOptions> }) {
  return <RunFilterBar workflows={await workflows} />;
}
