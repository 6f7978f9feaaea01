import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table/data-table";
import { RowKeys } from "@/components/data-table/row-keys";
import { RunProgress } from "@/components/runs/run-progress";
import { Button } from "@/components/ui/button";
import { Elapsed } from "@/components/ui/elapsed";
import { EmptyState } from "@/components/ui/empty-state";
import { IdText } from "@/components/ui/id-text";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";

interface RunsPartProps {
  workspace: string;
  workflowId: string;
  runs: readonly RunRow[];
  startHref: string | null;
}

/** The newest runs of the workflow; the run list has all of them, with its filters. */
export function RunsPart({ workspace, workflowId, runs, startHref }: RunsPartProps) {
  if (runs.length === 0) {
    return (
      <EmptyState
        title="No runs so far"
        actions={
          startHref && (
            <Button asChild>
              <Link href={startHref}>Start run</Link>
            </Button>
          )
        }
      >
        <p>Each run of this workflow will be one row here, with the version it ran.</p>
      </EmptyState>
    );
  }
  return (
    <div className="px-4">
      <DataTable
        label="Runs of this workflow"
        columns={columns}
        rows={runs}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/w/${workspace}/runs/${encodeURIComponent(id)}`}
        rowData={({ id, status }) => ({ "data-testid": `run-row-${id}`, "data-status": status })}
        rowClassName="max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0"
      />
      <p className="py-3 text-right">
        <Link
          href={`/w/${workspace}/runs?workflow=${encodeURIComponent(workflowId)}`}
          className="font-medium text-accent-text hover:underline"
        >
          All runs of this workflow
        </Link>
      </p>
      <RowKeys />
    </div>
  );
}

const columns: readonly Column<RunRow>[] = [
  {
    id: "status",
    header: "Status",
    width: 116,
    cell: ({ status }) => <StatusBadge status={runStatus[status]} />,
  },
  {
    id: "version",
    header: "Version",
    width: 96,
    opens: true,
    className: "max-md:order-first",
    cell: ({ versionNumber }) => `Version ${versionNumber}`,
  },
  {
    id: "run",
    header: "Run",
    className: "max-md:hidden",
    cell: ({ id }) => <IdText id={id} name="run id" className="relative z-1 text-text-3" />,
  },
  {
    id: "progress",
    header: "Tasks",
    width: 200,
    cell: ({ taskCounts }) => <RunProgress counts={taskCounts} />,
  },
  {
    id: "duration",
    header: "Duration",
    width: 112,
    align: "right",
    className: "text-text-2",
    cell: ({ status, startedAt, durationMs }) =>
      durationMs !== null ? (
        formatDuration(durationMs)
      ) : startedAt && !runStatus[status].final ? (
        <Elapsed since={startedAt} />
      ) : (
        <span className="text-text-3">{startedAt ? "unknown" : "waits"}</span>
      ),
  },
  {
    id: "created",
    header: "Made",
    width: 112,
    align: "right",
    className: "text-text-2 max-md:hidden",
    cell: ({ createdAt }) => <Time at={createdAt} />,
  },
];
