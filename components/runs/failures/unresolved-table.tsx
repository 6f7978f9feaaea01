import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table/data-table";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format";
import type { UnresolvedRow } from "@/lib/runs/failures/schema";
import { runStatus } from "@/lib/runs/status";
import { DecisionButton } from "./decision";
import { RetryLineage } from "./retry-lineage";

interface UnresolvedTableProps {
  workspace: string;
  label: string;
  rows: readonly UnresolvedRow[];
  mayWrite: boolean;
}

/** One row for each lineage: what failed, why, since when, how often, and what to do about it. */
export function UnresolvedTable({ workspace, label, rows, mayWrite }: UnresolvedTableProps) {
  const runs = `/w/${workspace}/runs`;
  const columns: Column<UnresolvedRow>[] = [
    {
      id: "workflow",
      header: "Workflow",
      width: 176,
      opens: true,
      cell: (row) => (
        <>
          {row.workflowName} <span className="font-normal text-text-3">v{row.versionNumber}</span>
        </>
      ),
    },
    {
      id: "task",
      header: "Failed task",
      width: 176,
      className: "max-md:hidden",
      cell: (row) => row.task?.name ?? <span className="text-text-3">none is named</span>,
    },
    {
      id: "error",
      header: "Error",
      className: "max-md:col-span-2 max-md:row-start-2",
      cell: (row) =>
        row.mark ? (
          <span className="text-text-2">
            <b className="font-medium">{row.mark.decision === "resolved" ? "Resolved" : "Ignored"}</b> by{" "}
            {row.mark.by}: {row.mark.reason}
          </span>
        ) : (
          <span className="text-text-2">{row.error}</span>
        ),
    },
    {
      id: "since",
      header: "Since",
      width: 92,
      align: "right",
      className: "text-text-2",
      cell: (row) => <Time at={row.since} />,
    },
    {
      id: "attempts",
      header: "Attempts",
      width: 76,
      align: "right",
      className: "text-text-2 max-lg:hidden",
      cell: (row) => formatCount(row.attempts),
    },
    {
      id: "skipped",
      header: "Skipped",
      width: 72,
      align: "right",
      className: "text-text-2 max-lg:hidden",
      cell: (row) => (row.skipped > 0 ? formatCount(row.skipped) : <span className="text-text-3">none</span>),
    },
    {
      id: "acts",
      header: mayWrite ? <span className="sr-only">Acts</span> : "",
      width: 176,
      align: "right",
      className: "max-md:col-span-2 max-md:row-start-3 max-md:text-left",
      cell: (row) => (
        <span className="inline-flex h-8 items-center gap-1.5">
          {row.retry ? (
            <Link
              href={`${runs}/${encodeURIComponent(row.retry.runId)}`}
              className="relative z-1 inline-flex items-center gap-1.5 hover:underline"
            >
              <StatusBadge status={{ ...runStatus[row.retry.status], label: "Retry runs" }} />
            </Link>
          ) : (
            mayWrite && !row.mark && <RetryLineage workspace={workspace} row={row} />
          )}
          {mayWrite && (
            <DecisionButton
              workspace={workspace}
              subject="lineage"
              subjectKey={row.lineage}
              name={`${row.workflowName} v${row.versionNumber}: ${row.error}`}
              mark={row.mark}
            />
          )}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={rows}
      rowId={(row) => row.lineage}
      rowHref={(row) =>
        `${runs}/${encodeURIComponent(row.runId)}${row.task ? `?task=${encodeURIComponent(row.task.id)}` : ""}`
      }
      rowData={(row) => ({ "data-testid": `failure-${row.lineage}` })}
      rowClassName="md:h-10 max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0"
    />
  );
}
