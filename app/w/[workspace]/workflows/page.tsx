import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { AsOf } from "@/components/ui/as-of";
import { Button } from "@/components/ui/button";
import { WorkflowFilterBar } from "@/components/workflows/list/workflow-filter-bar";
import { WorkflowList } from "@/components/workflows/list/workflow-list";
import {
  WorkflowFilterBarSkeleton,
  WorkflowListSkeleton,
} from "@/components/workflows/list/workflow-skeletons";
import { requireWorkspace } from "@/lib/auth/access";
import { can } from "@/lib/auth/roles";
import { listProjects, listWorkflows } from "@/lib/workflows/queries";
import type { WorkflowFilters, WorkflowPage } from "@/lib/workflows/schema";
import { loadWorkflowListParams, workflowFiltersOf } from "@/lib/workflows/search-params";

export const metadata: Metadata = { title: "Workflows" };

const keys = {
  title: "Workflows",
  keys: [
    ["/", "Filter by name"],
    ["j", "Next workflow"],
    ["k", "Previous workflow"],
    ["Enter", "Open the workflow"],
  ],
} as const;

export default async function WorkflowsPage({ params, searchParams }: PageProps<"/w/[workspace]/workflows">) {
  const scope = await requireWorkspace((await params).workspace, "workflows:read");
  const filters = workflowFiltersOf(await loadWorkflowListParams(searchParams));
  const page = listWorkflows(scope, filters);
  const canWrite = can(scope, "workflows:write");
  const key = JSON.stringify(filters);
  return (
    <Page
      breadcrumb={[{ label: "Workflows" }]}
      asOf={
        <Suspense key={key}>
          <LoadedAsOf page={page} />
        </Suspense>
      }
      actions={
        canWrite && (
          <Button asChild variant="primary">
            <Link href={`/w/${scope.workspaceSlug}/workflows/new`}>
              <Plus size={14} aria-hidden="true" />
              New<span className="max-md:sr-only"> workflow</span>
            </Link>
          </Button>
        )
      }
    >
      <Suspense fallback={<WorkflowFilterBarSkeleton />}>
        <LoadedFilterBar projects={listProjects(scope)} />
      </Suspense>
      <Suspense key={key} fallback={<WorkflowListSkeleton />}>
        <LoadedList
          workspace={scope.workspaceSlug}
          filters={filters}
          page={page}
          canStart={can(scope, "runs:write")}
          canWrite={canWrite}
        />
      </Suspense>
      <PageKeys group={keys} />
    </Page>
  );
}

interface LoadedListProps {
  workspace: string;
  filters: WorkflowFilters;
  page: Promise<WorkflowPage>;
  canStart: boolean;
  canWrite: boolean;
}

async function LoadedList({ page, ...props }: LoadedListProps) {
  return <WorkflowList {...props} page={await page} />;
}

async function LoadedAsOf({ page }: { page: Promise<WorkflowPage> }) {
  return <AsOf at={(await page).asOf} />;
}

async function LoadedFilterBar({ projects }: { projects: ReturnType<typeof listProjects> }) {
  return <WorkflowFilterBar projects={await projects} />;
}
