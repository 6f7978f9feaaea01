"use client";

import { useQueryStates } from "nuqs";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import { runPageParams } from "@/lib/runs/run-page-params";
import { type StatusTone, type TaskStatus, taskStatus } from "@/lib/runs/status";
import { useRunPage } from "./run-page-context";

const pressed: Record<StatusTone, string> = {
  ok: "aria-pressed:bg-ok-tint",
  run: "aria-pressed:bg-run-tint",
  fail: "aria-pressed:bg-fail-tint",
  warn: "aria-pressed:bg-warn-tint",
  off: "aria-pressed:bg-active",
};

/** How many tasks are in which state; a press narrows graph, Gantt and table to it. */
export function StatusCounts({ order }: { order: readonly TaskStatus[] }) {
  const { run, tasks } = useRunPage();
  const [{ status: chosen }, setParams] = useQueryStates(runPageParams);
  // An imported run knows how long its tasks took, not when each began.
  const { startTimesNote } = run.summary;
  const cached = tasks.filter((task) => task.cacheHit).length;
  const toggle = (status: TaskStatus) =>
    setParams({
      status: chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status],
    });
  return (
    <div className="-ml-2 flex min-h-6 items-center gap-1 max-md:-ml-1.5 max-md:flex-wrap max-md:gap-0">
      <fieldset className="contents">
        <legend className="sr-only">Show only tasks that are</legend>
        {order
          .filter((status) => run.taskCounts[status] > 0 || chosen.includes(status))
          .map((status) => (
            <button
              key={status}
              type="button"
              aria-label={`${formatCount(run.taskCounts[status])} ${taskStatus[status].label.toLowerCase()}`}
              aria-pressed={chosen.includes(status)}
              onClick={() => toggle(status)}
              className={cn(
                "inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-1 px-2 text-text-2 hover:bg-hover max-md:h-9 max-md:px-1.5 max-md:text-12",
                pressed[taskStatus[status].tone],
              )}
            >
              <StatusGlyph {...glyphOf(status)} />
              <span className="font-medium text-text">{formatCount(run.taskCounts[status])}</span>
              {taskStatus[status].label.toLowerCase()}
            </button>
          ))}
      </fieldset>
      {chosen.length > 0 && (
        <button
          type="button"
          onClick={() => setParams({ status: null })}
          className="h-6 rounded-1 px-2 font-medium text-accent-text hover:bg-hover max-md:h-9"
        >
          Show all
        </button>
      )}
      <span className="ml-auto whitespace-nowrap text-text-3 max-md:hidden">
        {formatPlural(tasks.length, "task")}
        {cached > 0 && `, ${formatCount(cached)} from cache`}
        {typeof startTimesNote === "string" && <StartTimes note={startTimesNote} />}
      </span>
    </div>
  );
}

function StartTimes({ note }: { note: string }) {
  return (
    <>
      ,{" "}
      <Popover>
        <PopoverTrigger asChild>
          <button
            type="button"
            className="rounded-1 underline decoration-dotted decoration-line-control underline-offset-3 hover:decoration-text"
          >
            start times laid out
          </button>
        </PopoverTrigger>
        <PopoverContent label="Where the start times are from" align="end" className="w-84">
          <p className="whitespace-normal text-text-2">{note}</p>
        </PopoverContent>
      </Popover>
    </>
  );
}

function glyphOf(status: TaskStatus) {
  const { tone, shape } = taskStatus[status];
  return { tone, shape };
}
