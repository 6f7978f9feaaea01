import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { BulkJobView } from "@/components/runs/bulk/bulk-job-view";
import { Page } from "@/components/shell/page";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { getBulkJob } from "@/lib/runs/bulk/queries";
import { loadBulkParams } from "@/lib/runs/bulk/search-params";
import { listPeople } from "@/lib/runs/list/choices";

export const metadata: Metadata = { title: "Bulk job" };

interface BulkJobPageProps {
  params: Promise<{ workspace: string; jobId: string }>;
  searchParams: Promise<SearchParams>;
}

/** One job: what was asked, how far it is, and what became of each run. */
export default async function BulkJobPage({ params, searchParams }: BulkJobPageProps) {
  const { workspace: slug, jobId } = await params;
  const scope = await requireWorkspace(slug, "runs:read");
  const shown = await loadBulkParams(searchParams);
  const [detail, people] = await Promise.all([getBulkJob(scope, jobId, shown), listPeople(scope)]);
  if (!detail) notFound();
  const workspace = scope.workspaceSlug;
  return (
    <Page
      breadcrumb={[
        { label: "Runs", href: `/w/${workspace}/runs` },
        { label: "Bulk jobs", href: `/w/${workspace}/runs/bulk` },
        { label: "Job" },
      ]}
      ownHeading
      className="px-6 pb-12 max-md:px-4"
    >
      <BulkJobView
        workspace={workspace}
        params={shown}
        detail={detail}
        people={people}
        mayWrite={can(scope, "runs:write")}
      />
    </Page>
  );
}
