"use client";

import { cn } from "@/components/ui/cn";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatDuration } from "@/lib/format";
import type { Execution } from "@/lib/runs/executions";
import { taskStatus } from "@/lib/runs/status";
import { headline } from "@/lib/runs/task-reason";
import { taskDurationMs } from "@/lib/runs/task-sort";
import { useRunPage } from "../../run-page-context";

interface AttemptTableProps {
  executions: readonly Execution[];
  chosen: Execution | undefined;
  onChoose: (number: number) => void;
}

/** One row an attempt, the first at the top; a press shows what it left. */
export function AttemptTable({ executions, chosen, onChoose }: AttemptTableProps) {
  const { run } = useRunPage();
  return (
    <table className="w-full table-fixed">
      <thead>
        <tr className="h-7 border-line border-b text-left [&>th]:eyebrow">
          <th scope="col" className="w-8 pl-2">
            #
          </th>
          <th scope="col" className="w-28">
            Outcome
          </th>
          <th scope="col">Reason</th>
          <th scope="col" className="w-28 max-md:hidden">
            Worker
          </th>
          <th scope="col" className="w-24 pr-2 text-right!">
            Ran
          </th>
        </tr>
      </thead>
      <tbody>
        {executions.map((execution) => {
          const lasted = taskDurationMs(execution, run.asOf);
          const active = execution.key === chosen?.key;
          return (
            <tr
              key={execution.key}
              className={cn(
                "relative h-8 border-line border-b max-md:h-10",
                active ? "bg-accent-tint shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
              )}
            >
              <td className="pl-2">
                <button
                  type="button"
                  aria-label={`Attempt ${execution.number}`}
                  aria-current={active || undefined}
                  onClick={() => onChoose(execution.number)}
                  className="font-medium after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
                >
                  {execution.number}
                </button>
              </td>
              <td>
                <StatusBadge status={taskStatus[execution.status]} />
              </td>
              <td className="truncate pr-3 text-text-2">{reasonOf(execution)}</td>
              <td className="mono truncate pr-3 text-text-2 max-md:hidden">{execution.workerId}</td>
              <td className="whitespace-nowrap pr-2 text-right">
                {lasted !== null && formatDuration(lasted)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Why it ended as it did, or why there is one at all. */
export function reasonOf({ errorMessage, stalls, carriedAlong, present, status }: Execution): string {
  const said = headline(errorMessage);
  if (said) return said;
  if (stalls > 0) return stalls === 1 ? "its worker was lost once" : `its worker was lost ${stalls} times`;
  if (carriedAlong) return "again, after a retry before it";
  if (!present && status !== "failed") return "put away by a retry";
  return "";
}
