import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { BulkJobList } from "@/components/runs/bulk/bulk-job-list";
import { RunTabs } from "@/components/runs/run-list/run-tabs";
import { Page } from "@/components/shell/page";
import { requireWorkspace } from "@/lib/auth/access";
import { listBulkJobs } from "@/lib/runs/bulk/queries";
import { loadBulkParams } from "@/lib/runs/bulk/search-params";
import { listPeople } from "@/lib/runs/list/choices";
import { runViewsPlace } from "@/lib/runs/views/tabs";
import { listViews } from "@/lib/saved-views/queries";

export const metadata: Metadata = { title: "Bulk jobs" };

interface BulkJobsPageProps {
  params: Promise<{ workspace: string }>;
  searchParams: Promise<SearchParams>;
}

/** What people asked to be done to many runs, and how far it is. */
export default async function BulkJobsPage({ params, searchParams }: BulkJobsPageProps) {
  const scope = await requireWorkspace((await params).workspace, "runs:read");
  const { cursor } = await loadBulkParams(searchParams);
  const [page, people, views] = await Promise.all([
    listBulkJobs(scope, cursor),
    listPeople(scope),
    listViews(scope, runViewsPlace),
  ]);
  const workspace = scope.workspaceSlug;
  return (
    <Page breadcrumb={[{ label: "Runs", href: `/w/${workspace}/runs` }, { label: "Bulk jobs" }]}>
      <RunTabs workspace={workspace} here="bulk" views={views} />
      <BulkJobList workspace={workspace} cursor={cursor} page={page} people={people} />
    </Page>
  );
}
