"use client";

import { useQuery } from "@tanstack/react-query";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useNow } from "@/components/ui/use-now";
import { formatDuration, formatPlural } from "@/lib/format";
import { type Eta, etaOf } from "@/lib/runs/eta";
import { runHistoryOptions } from "@/lib/runs/page-query-options";
import { shortTaskName } from "@/lib/runs/task-name";
import { second } from "@/lib/time";
import { useRunPage } from "./run-page-context";

/** Tasks of the chain that are named. */
const named = 6;

/** When a run that goes on will be over; a press says what that is made of. */
export function RunEta() {
  const { workspace, run, tasks } = useRunPage();
  const history = useQuery(runHistoryOptions(workspace, run.id));
  // Counted down every few seconds: nobody needs an estimate to the second.
  const now = useNow(5 * second);
  if (!history.data) return null;
  const eta = etaOf(tasks, history.data.nodes, now);
  if (!eta) return <span className="text-text-3">no earlier run to estimate by</span>;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          className="rounded-1 font-medium underline decoration-dotted decoration-line-control underline-offset-3 hover:decoration-text"
        >
          {etaWords(eta)}
        </button>
      </PopoverTrigger>
      <PopoverContent label="What the estimate is made of" align="end" className="w-84">
        <Made eta={eta} />
      </PopoverContent>
    </Popover>
  );
}

function etaWords({ remainingMs, unknown, overdue }: Eta): string {
  const time = roughly(remainingMs);
  if (remainingMs === 0) return overdue.length > 0 ? "longer than usual" : "about to end";
  return unknown > 0 || overdue.length > 0 ? `at least ${time} left` : `about ${time} left`;
}

function Made({ eta: { chain, unknown, overdue, runs } }: { eta: Eta }) {
  const { taskByNode } = useRunPage();
  const name = (nodeId: string) => {
    const task = taskByNode.get(nodeId);
    return task ? shortTaskName(task.name, task.nodeId) : nodeId;
  };
  return (
    <div className="grid gap-2 whitespace-normal">
      <p className="text-text-2">
        The longest chain of what is not over, each task with the median of up to{" "}
        {formatPlural(runs, "earlier run")}. That a worker is free is taken for granted.
      </p>
      <ol className="border-line border-y py-1">
        {chain.slice(0, named).map(({ nodeId, remainingMs }) => (
          <li key={nodeId} className="flex h-6 items-center justify-between gap-3">
            <span className="mono min-w-0 truncate">{name(nodeId)}</span>
            <span className="shrink-0 text-text-2">
              {overdue.includes(nodeId) ? "longer than usual" : formatDuration(remainingMs)}
            </span>
          </li>
        ))}
        {chain.length > named && (
          <li className="flex h-6 items-center justify-between gap-3 text-text-3">
            <span>and {formatPlural(chain.length - named, "task")} behind</span>
            <span>
              {formatDuration(chain.slice(named).reduce((sum, { remainingMs }) => sum + remainingMs, 0))}
            </span>
          </li>
        )}
      </ol>
      {unknown > 0 && (
        <p className="text-text-2">
          {formatPlural(unknown, "task")} never succeeded before and {unknown === 1 ? "adds" : "add"} to it.
        </p>
      )}
    </div>
  );
}

/** One unit: an estimate has no seconds when it has minutes. */
function roughly(ms: number): string {
  if (ms < 60 * second) return `${Math.max(5, Math.ceil(ms / (5 * second)) * 5)} s`;
  const minutes = Math.round(ms / (60 * second));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
