"use client";

import { Elapsed } from "@/components/ui/elapsed";
import { ProgressSegments } from "@/components/ui/progress-segments";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatDate, formatDuration, formatHourMinute, formatInstant } from "@/lib/format";
import { runStatus, type TaskStatus, taskStatus } from "@/lib/runs/status";
import { inputName } from "./input-name";
import { RunEta } from "./run-eta";
import { useRunPage } from "./run-page-context";
import { StatusCounts } from "./status-counts";

/** Settled first, then what moves, then what waits: the bar fills from the left. */
const barOrder = [
  "succeeded",
  "failed",
  "running",
  "queued",
  "pending",
  "skipped",
  "cancelled",
] as const satisfies readonly TaskStatus[];

export function RunHeader() {
  const { run } = useRunPage();
  const segments = barOrder.map((status) => ({
    label: taskStatus[status].label,
    tone: taskStatus[status].tone,
    count: run.taskCounts[status],
  }));
  return (
    <header className="grid shrink-0 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-2.5 border-line border-b px-4 py-3 max-md:grid-cols-1 max-md:gap-y-2">
      <h1 className="flex min-w-0 items-center gap-3 font-medium text-20 tracking-[-0.015em]">
        <span className="min-w-0 truncate" title={run.workflowName}>
          {run.workflowName} <span className="font-normal text-text-3">v{run.versionNumber}</span>
        </span>
        <span role="status">
          <StatusBadge status={runStatus[run.status]} className="text-13 tracking-normal" />
        </span>
      </h1>
      <RunFacts />
      <div className="col-span-full grid gap-1.5">
        <ProgressSegments segments={segments} size={6} />
        <StatusCounts order={barOrder} />
      </div>
    </header>
  );
}

function RunFacts() {
  const { run } = useRunPage();
  const [firstInput, ...moreInputs] = run.inputs;
  return (
    <dl className="flex min-w-0 gap-5 whitespace-nowrap text-text-2 max-md:flex-wrap max-md:gap-x-3.5 max-md:gap-y-0 max-md:text-12 [&_dd]:font-medium [&_dd]:text-text [&_dt]:text-text-2 [&>div]:flex [&>div]:min-w-0 [&>div]:gap-1">
      <div>
        <dt>{run.startedAt ? "started" : "made"}</dt>
        <dd>
          <StartTime at={run.startedAt ?? run.createdAt} asOf={run.asOf} />
        </dd>
      </div>
      {run.startedAt && (
        <div>
          <dt>{run.finishedAt ? "ran" : "has run"}</dt>
          <dd>
            {run.durationMs === null ? <Elapsed since={run.startedAt} /> : formatDuration(run.durationMs)}
          </dd>
        </div>
      )}
      {!runStatus[run.status].final && run.startedAt && (
        <div>
          <dt className="sr-only">estimate</dt>
          <dd>
            <RunEta />
          </dd>
        </div>
      )}
      <div className="max-md:hidden!">
        <dt>by</dt>
        <dd className="max-w-48 truncate" title={run.triggeredBy}>
          {run.triggeredBy}
        </dd>
      </div>
      {firstInput && (
        <div>
          <dt>{firstInput.kind}</dt>
          <dd
            className="max-w-48 truncate"
            title={run.inputs.map((input) => `${input.kind} ${inputName(input)}`).join("\n")}
          >
            {inputName(firstInput)}
          </dd>
          {moreInputs.length > 0 && <dd className="!font-normal !text-text-3">+{moreInputs.length}</dd>}
        </div>
      )}
    </dl>
  );
}

/** The clock for today, the date for another day: an imported run may be years old. */
function StartTime({ at, asOf }: { at: string; asOf: string }) {
  const today = formatDate(at) === formatDate(asOf);
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {today ? `${formatHourMinute(at)} UTC` : `${formatDate(at)}, ${formatHourMinute(at)}`}
    </time>
  );
}
