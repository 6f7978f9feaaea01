import type { Column } from "@/components/data-table/data-table";
import { Elapsed } from "@/components/ui/elapsed";
import { IdText } from "@/components/ui/id-text";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { formatDuration } from "@/lib/format";
import type { WorkflowDurations } from "@/lib/runs/list/histogram-schema";
import type { OptionalColumn, RunListLook } from "@/lib/runs/list/look";
import type { LiveRow } from "@/lib/runs/live-page";
import type { RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";
import { RunProgress } from "../run-progress";
import { DurationSpark } from "./duration-spark";
import { RunInputs } from "./run-inputs";
import { TriggeredBy } from "./triggered-by";

/** On a phone a row is two lines: workflow and status, then progress, duration and start. */
export const runRowClass =
  "max-md:grid max-md:grid-cols-[minmax(0,1fr)_88px_84px] max-md:gap-x-2 max-md:gap-y-1 max-md:py-2.5 max-md:*:pr-0 data-[chosen=true]:bg-accent-tint";

/** While runs are chosen by touch, each has a box before it. */
export const choosingRowClass = "max-md:grid-cols-[24px_minmax(0,1fr)_88px_84px]";

/**
 * The columns of the run list in their order; where there is less room the others give way to the name. `durations` are those
 * of its workflows, where they are known.
 */
export function runColumns(look: RunListLook, durations: WorkflowDurations = {}): Column<LiveRow>[] {
  const isShown = ({ id }: Column<LiveRow>) => !look.hidden.some((hidden: OptionalColumn) => hidden === id);
  const columns: Column<LiveRow>[] = [
    {
      id: "status",
      header: "Status",
      width: 112,
      className: "max-md:order-2 max-md:col-span-2 max-md:text-right",
      cell: (row) => <RunStatusCell {...row} />,
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
      width: 144,
      className: "max-[1400px]:hidden",
      cell: ({ run }) => <IdText id={run.id} name="run id" className="relative z-1 text-text-3" />,
    },
    {
      id: "inputs",
      header: "Inputs",
      width: 188,
      className: "max-xl:hidden",
      cell: ({ run }) => <RunInputs inputs={run.inputs} />,
    },
    {
      id: "progress",
      header: "Tasks",
      width: 184,
      className: "md:max-lg:hidden max-md:order-3",
      cell: ({ run }) => <RunProgress counts={run.taskCounts} />,
    },
    {
      id: "duration",
      header: "Duration",
      width: 148,
      align: "right",
      className: "text-text-2 md:max-lg:hidden max-md:order-4",
      cell: ({ run }) => (
        <span className="flex items-center justify-end gap-2.5">
          <span className="max-xl:hidden">
            <DurationSpark values={durations[run.workflowId] ?? []} />
          </span>
          <span className="min-w-22 max-md:min-w-0">
            <Duration run={run} />
          </span>
        </span>
      ),
    },
    {
      id: "started",
      header: "Started",
      width: 96,
      align: "right",
      className: "text-text-2 max-md:order-5",
      cell: ({ run }) =>
        run.startedAt ? <Time at={run.startedAt} /> : <span className="text-text-3">not yet</span>,
    },
    {
      id: "by",
      header: "Triggered by",
      width: 120,
      className: "pl-3 text-text-2 max-xl:hidden",
      cell: ({ run }) => <TriggeredBy by={run.triggeredBy} />,
    },
  ];
  return columns.filter(isShown);
}

/** What has changed so that the filter no longer holds stays in its place and says so. */
function RunStatusCell({ run, left }: LiveRow) {
  if (!left) return <StatusBadge status={runStatus[run.status]} />;
  return <span className="text-text-3">No longer {runStatus[run.status].label.toLowerCase()}</span>;
}

function Duration({ run }: { run: RunRow }) {
  if (run.durationMs !== null) return formatDuration(run.durationMs);
  if (run.startedAt && !runStatus[run.status].final) return <Elapsed since={run.startedAt} />;
  return <span className="text-text-3">{run.startedAt ? "unknown" : "waits"}</span>;
}
