import Link from "next/link";
import { type Column, DataTable } from "@/components/data-table/data-table";
import { Kbd } from "@/components/ui/kbd";
import { Panel } from "@/components/ui/panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatDuration, shortenId } from "@/lib/format";
import type { RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";

const columns: readonly Column<RunRow>[] = [
  {
    id: "status",
    header: "Status",
    width: 112,
    cell: (run) => <StatusBadge status={runStatus[run.status]} />,
  },
  {
    id: "workflow",
    header: "Workflow",
    opens: true,
    cell: (run) => (
      <>
        {run.workflowName} <span className="font-normal text-text-3">v{run.versionNumber}</span>
      </>
    ),
  },
  {
    id: "run",
    header: "Run",
    width: 124,
    className: "max-[1400px]:hidden",
    cell: (run) => (
      <span className="mono text-text-3" title={run.id}>
        {shortenId(run.id, 8, 4)}
      </span>
    ),
  },
  {
    id: "duration",
    header: "Duration",
    width: 96,
    align: "right",
    className: "text-text-2 max-md:hidden",
    cell: (run) => (run.durationMs === null ? "unknown" : formatDuration(run.durationMs)),
  },
  {
    id: "ended",
    header: "Ended",
    width: 92,
    align: "right",
    className: "text-text-2 max-lg:pr-0",
    cell: (run) => <Time at={run.finishedAt ?? run.createdAt} />,
  },
  {
    id: "by",
    header: "By",
    width: 108,
    className: "pl-3 text-text-2 max-lg:hidden",
    cell: (run) => <span title={run.triggeredBy}>{run.triggeredBy}</span>,
  },
];

export function RecentRuns({ workspace, runs }: { workspace: string; runs: readonly RunRow[] }) {
  const all = `/w/${workspace}/runs`;
  return (
    <Panel
      title="Recent runs"
      aside={
        <Link href={all} className="hover:text-text">
          All runs <Kbd className="max-md:hidden">G R</Kbd>
        </Link>
      }
    >
      {runs.length === 0 ? (
        <p className="flex h-9 items-center border-line border-b text-text-3">No run has ended so far.</p>
      ) : (
        <DataTable
          label="Recent runs"
          columns={columns}
          rows={runs}
          rowId={(run) => run.id}
          rowHref={(run) => `${all}/${encodeURIComponent(run.id)}`}
          rowData={(run) => ({ "data-testid": `run-row-${run.id}`, "data-status": run.status })}
          rowClassName="max-md:grid max-md:h-9 max-md:grid-cols-[112px_minmax(0,1fr)_auto] max-md:items-center"
        />
      )}
    </Panel>
  );
}
