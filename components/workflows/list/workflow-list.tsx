import Link from "next/link";
import { DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import { Button } from "@/components/ui/button";
import type { WorkflowFilters, WorkflowPage } from "@/lib/workflows/schema";
import { workflowListQuery } from "@/lib/workflows/search-params";
import { workflowColumns, workflowRowClass } from "./workflow-columns";
import { WorkflowListEmpty } from "./workflow-list-empty";

interface WorkflowListProps {
  workspace: string;
  filters: WorkflowFilters;
  page: WorkflowPage;
  canStart: boolean;
  canWrite: boolean;
}

export function WorkflowList({ workspace, filters, page, canStart, canWrite }: WorkflowListProps) {
  const address = `/w/${workspace}/workflows`;
  const { text: q, projectId: project, status } = filters;
  if (page.workflows.length === 0)
    return <WorkflowListEmpty workspace={workspace} filters={filters} canWrite={canWrite} />;
  return (
    <div className="px-6 max-md:px-4">
      <DataTable
        label="Workflows"
        columns={workflowColumns(workspace, canStart)}
        rows={page.workflows}
        rowId={({ id }) => id}
        rowHref={({ id }) => `${address}/${encodeURIComponent(id)}`}
        rowData={({ id, status }) => ({ "data-testid": `workflow-row-${id}`, "data-status": status })}
        rowClassName={workflowRowClass}
      />
      {(page.next || filters.cursor) && (
        <nav aria-label="Pages of workflows" className="flex justify-end gap-2 py-3">
          {filters.cursor && (
            <Button asChild>
              <Link href={address + workflowListQuery({ q, project, status })}>From the start</Link>
            </Button>
          )}
          {page.next && (
            <Button asChild>
              <Link href={address + workflowListQuery({ q, project, status, cursor: page.next })} rel="next">
                More
              </Link>
            </Button>
          )}
        </nav>
      )}
      <RowKeys />
    </div>
  );
}
