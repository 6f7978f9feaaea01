import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPlural } from "@/lib/format";
import { conditionsOf, type RunFilters } from "@/lib/runs/list/filters";
import { runStatus } from "@/lib/runs/status";
import { ImportCommand } from "../import-command";

interface RunListEmptyProps {
  workspace: string;
  filters: RunFilters;
  searched: number | null;
  olderHref: string | null;
}

/** Nothing yet, nothing found so far and no match are three states: one teaches, one goes on, one names what is the reason. */
export function RunListEmpty({ workspace, filters, searched, olderHref }: RunListEmptyProps) {
  const address = `/w/${workspace}/runs`;
  const conditions = conditionsOf(filters);
  if (conditions.length === 0 && !filters.cursor) {
    return (
      <EmptyState title="No runs so far">
        <p>Each run of a workflow is one row here: what it did, how far it is, how long it took.</p>
        <p>
          <Link href={`/w/${workspace}/workflows`} className="text-accent-text underline">
            Start a run of a workflow
          </Link>
          , or look at one that happened elsewhere by importing its WfFormat file:
        </p>
        <ImportCommand kind="wfformat" workspace={workspace} />
      </EmptyState>
    );
  }
  if (searched !== null && olderHref) {
    return (
      <EmptyState
        title={`Nothing found among ${formatCount(searched)} runs`}
        actions={
          <>
            <Button asChild>
              <Link href={olderHref}>Search on</Link>
            </Button>
            <Button asChild variant="ghost">
              <Link href={address}>Clear filters</Link>
            </Button>
          </>
        }
      >
        <p>There are older runs that have not been looked at. A time or a workflow makes the search short.</p>
      </EmptyState>
    );
  }
  const statuses = filters.statuses.map((status) => runStatus[status].label.toLowerCase()).join(" or ");
  const others = conditions.filter((name) => name !== "statuses" && name !== "workflowId").length;
  return (
    <EmptyState
      title={conditions.length > 0 ? "No runs match this filter" : "No runs beyond this page"}
      actions={
        <Button asChild>
          <Link href={address}>{conditions.length > 0 ? "Clear filters" : "To the newest runs"}</Link>
        </Button>
      }
    >
      {conditions.length > 0 && (
        <p>
          {filters.workflowId ? "This workflow" : "This workspace"} has no run
          {statuses ? ` that is ${statuses}` : ""}
          {others > 0
            ? `${statuses ? " and meets" : " that meets"} the other ${formatPlural(others, "condition")}`
            : ""}
          {filters.cursor ? " on this side of the page you came from" : ""}.
        </p>
      )}
    </EmptyState>
  );
}
