import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { RunFilters } from "@/lib/runs/list/filters";
import { runStatus } from "@/lib/runs/status";
import { ImportCommand } from "../import-command";

interface RunListEmptyProps {
  workspace: string;
  filters: RunFilters;
}

/** Nothing yet and no match are two states: one teaches, the other names the filter that is the reason. */
export function RunListEmpty({ workspace, filters }: RunListEmptyProps) {
  const address = `/w/${workspace}/runs`;
  const filtered = filters.statuses.length > 0 || filters.workflowId !== null;
  if (!filtered && !filters.cursor) {
    return (
      <EmptyState title="No runs so far">
        <p>Each run of a workflow is one row here: what it did, how far it is, how long it took.</p>
        <p>To look at a run that happened elsewhere, import its WfFormat file:</p>
        <ImportCommand kind="wfformat" workspace={workspace} />
      </EmptyState>
    );
  }
  const statuses = filters.statuses.map((status) => runStatus[status].label.toLowerCase()).join(" or ");
  return (
    <EmptyState
      title={filtered ? "No runs match this filter" : "No runs beyond this page"}
      actions={
        <Button asChild>
          <Link href={address}>{filtered ? "Clear filters" : "To the newest runs"}</Link>
        </Button>
      }
    >
      {filtered && (
        <p>
          {filters.workflowId ? "This workflow" : "This workspace"} has no run
          {statuses ? ` that is ${statuses}` : ""}
          {filters.cursor ? " on this side of the page you came from" : ""}.
        </p>
      )}
    </EmptyState>
  );
}
