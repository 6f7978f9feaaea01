import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { WorkflowFilters } from "@/lib/workflows/schema";
import { workflowStatusLook } from "../workflow-look";

interface WorkflowListEmptyProps {
  workspace: string;
  filters: WorkflowFilters;
  canWrite: boolean;
}

export function WorkflowListEmpty({ workspace, filters, canWrite }: WorkflowListEmptyProps) {
  const address = `/w/${workspace}/workflows`;
  const filtered = filters.text !== null || filters.projectId !== null || filters.status !== null;
  if (!filtered && !filters.cursor) {
    return (
      <EmptyState
        title="No workflows so far"
        actions={
          canWrite && (
            <Button asChild variant="primary">
              <Link href={`${address}/new`}>New workflow</Link>
            </Button>
          )
        }
      >
        <p>
          A workflow is a graph of tasks. Each change of it is a version, and each run keeps the version it
          ran.
        </p>
        <p>
          {canWrite
            ? "Begin with an example, or with a file that was exported elsewhere."
            : "An editor of this workspace can make one."}
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={filtered ? "No workflow matches this filter" : "No workflows beyond this page"}
      actions={
        <Button asChild>
          <Link href={address}>{filtered ? "Clear filters" : "From the start"}</Link>
        </Button>
      }
    >
      {filtered && <p>{reason(filters)}</p>}
    </EmptyState>
  );
}

function reason({ text, projectId, status }: WorkflowFilters): string {
  const place = projectId ? "This project" : "This workspace";
  const kind = status ? `${workflowStatusLook[status].label.toLowerCase()} ` : "";
  return `${place} has no ${kind}workflow${text ? ` with “${text}” in its name` : ""}.`;
}
