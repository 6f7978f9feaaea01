"use client";

import { History } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatClock, formatCount, formatDate } from "@/lib/format";
import { countTasks } from "@/lib/runs/derive-status";
import { runPageParams } from "@/lib/runs/run-page-params";
import { taskStatus, taskStatuses } from "@/lib/runs/status";
import { useRunPage } from "../run-page-context";

/** Over graph and Gantt while they look back: to when, what the run was then, and the way back. */
export function MomentStrip() {
  const { moment, present, tasks } = useRunPage();
  const [, setParams] = useQueryStates(runPageParams);
  if (!moment) return null;
  const counts = countTasks(tasks);
  const sameDay = formatDate(moment.at) === formatDate(present.asOf);
  return (
    <section
      aria-label="Looking back"
      className="flex h-9 shrink-0 items-center gap-3 whitespace-nowrap border-accent-line border-b bg-accent-tint pr-2 pl-4 max-md:h-11"
    >
      <History size={14} aria-hidden="true" className="text-accent-text" />
      <p className="font-medium">
        <span className="max-md:hidden">As it was at </span>
        <time dateTime={moment.at}>
          {!sameDay && <span className="max-lg:hidden">{formatDate(moment.at)}, </span>}
          {formatClock(moment.at)}
        </time>{" "}
        UTC
      </p>
      <ul className="flex min-w-0 gap-3 overflow-hidden">
        {taskStatuses
          .filter((status) => counts[status] > 0)
          .map((status) => {
            const { label, tone, shape } = taskStatus[status];
            return (
              <li key={status} className="inline-flex items-center gap-1.5 text-text-2">
                <StatusGlyph tone={tone} shape={shape} />
                <span className="text-text">{formatCount(counts[status])}</span>
                <span className="max-xl:sr-only">{label.toLowerCase()}</span>
              </li>
            );
          })}
      </ul>
      <Button size="sm" className="ml-auto" onClick={() => void setParams({ at: null }, { history: "push" })}>
        Back to now
      </Button>
    </section>
  );
}
