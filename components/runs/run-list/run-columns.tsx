import type { Column } from "@/components/data-table/data-table";
import { Elapsed } from "@/components/ui/elapsed";
import { IdText } from "@/components/ui/id-text";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatCount, formatDuration } from "@/lib/format";
import type { LiveRow } from "@/lib/runs/live-page";
import type { RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";
import { RunProgress } from "../run-progress";

/** On a phone a row is two lines: workflow and status, then progress, duration and start. */
export const runRowClass =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_88px_84px] max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0";

export const runColumns: readonly Column<LiveRow>[] = [
  {
    id: "status",
    header: "Status",
    width: 116,
    className: "max-md:order-2 max-md:col-span-2 max-md:text-right",
    cell: ({ run, left }) =>
      left ? (
        <span
          className="text-text-3"
          title="This run has changed and no longer matches the filter. Reload to leave it out."
        >
          No longer {runStatus[run.status].label.toLowerCase()}
        </span>
      ) : (
        <StatusBadge status={runStatus[run.status]} />
      ),
  },
  {
    id: "workflow",
    header: "Workflow",
    opens: true,
    className: "max-md:order-1",
    cell: ({ run }) => (
      <>
        {run.workflowName} <span className="font-normal text-text-3">v{run.versionNumber}</span>
      </>
    ),
  },
  {
    id: "run",
    header: "Run",
    width: 148,
    className: "max-md:hidden",
    cell: ({ run }) => <IdText id={run.id} name="run id" className="relative z-1 text-text-3" />,
  },
  {
    id: "inputs",
    header: "Inputs",
    width: 180,
    className: "max-lg:hidden",
    cell: ({ run }) => <Inputs inputs={run.inputs} />,
  },
  {
    id: "progress",
    header: "Tasks",
    width: 200,
    className: "max-md:order-3",
    cell: ({ run }) => <RunProgress counts={run.taskCounts} />,
  },
  {
    id: "duration",
    header: "Duration",
    width: 104,
    align: "right",
    className: "text-text-2 max-md:order-4",
    cell: ({ run }) => <Duration run={run} />,
  },
  {
    id: "started",
    header: "Started",
    width: 104,
    align: "right",
    className: "text-text-2 max-md:order-5",
    cell: ({ run }) =>
      run.startedAt ? <Time at={run.startedAt} /> : <span className="text-text-3">not yet</span>,
  },
  {
    id: "by",
    header: "Triggered by",
    width: 128,
    className: "pl-3 text-text-2 max-xl:hidden",
    cell: ({ run }) => <span title={run.triggeredBy}>{run.triggeredBy}</span>,
  },
];

function Inputs({ inputs }: { inputs: RunRow["inputs"] }) {
  const [first] = inputs;
  if (!first) return <span className="text-text-3">none</span>;
  const spoken = inputs.map(({ kind, id }) => `${kind} ${id}`).join("\n");
  // Many an id says its kind already.
  const name = first.id.startsWith(first.kind) ? first.id : `${first.kind} ${first.id}`;
  return (
    <span title={spoken} className="text-text-2">
      {name}
      {inputs.length > 1 && <span className="text-text-3"> +{formatCount(inputs.length - 1)}</span>}
    </span>
  );
}

function Duration({ run }: { run: RunRow }) {
  if (run.durationMs !== null) return formatDuration(run.durationMs);
  if (run.startedAt && !runStatus[run.status].final) return <Elapsed since={run.startedAt} />;
  return <span className="text-text-3">{run.startedAt ? "unknown" : "waits"}</span>;
}
