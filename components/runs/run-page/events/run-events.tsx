"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { formatCount, formatPlural } from "@/lib/format";
import { isProblem, type RunEvent, runEvents, taskOfEvent } from "@/lib/runs/events";
import { runPageParams } from "@/lib/runs/run-page-params";
import { shortTaskName } from "@/lib/runs/task-name";
import { useRunPage } from "../run-page-context";
import { useRunPast } from "../use-run-past";
import { EventList } from "./event-list";
import { EventToggle } from "./event-toggle";

/** What happened in the run, moment by moment: made from the times that are stored, so it is complete for old runs too. */
export function RunEvents() {
  const { run, tasks, selected } = useRunPage();
  const [{ problems, mine }, setParams] = useQueryStates(runPageParams);
  const past = useRunPast(true);
  const all = useMemo(
    () => runEvents({ run, tasks, attempts: past.data?.attempts ?? [], acts: past.data?.acts ?? [] }),
    [run, tasks, past.data],
  );
  const selectedId = selected?.id;
  const shown = useMemo(
    () => all.filter((event) => passes(event, problems, mine ? selectedId : undefined)),
    [all, problems, mine, selectedId],
  );
  return (
    <>
      <div className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-4 max-md:h-11">
        <EventToggle pressed={problems} onToggle={() => setParams({ problems: !problems })}>
          Problems only
        </EventToggle>
        {selected && (
          <EventToggle pressed={mine} onToggle={() => setParams({ mine: !mine })}>
            Only{" "}
            <span className="mono max-w-40 truncate">{shortTaskName(selected.name, selected.nodeId)}</span>
          </EventToggle>
        )}
        <span role="status" className="ml-auto whitespace-nowrap text-text-3">
          {shown.length === all.length
            ? formatPlural(all.length, "event")
            : `${formatCount(shown.length)} of ${formatPlural(all.length, "event")}`}
        </span>
      </div>
      {past.isError && (
        <Notice
          tone="warn"
          className="border-t-0"
          action={
            <Button size="sm" disabled={past.isFetching} onClick={() => past.refetch()}>
              Try again
            </Button>
          }
        >
          Without earlier attempts and acts of people: {past.error.message}
        </Notice>
      )}
      {past.data?.attemptsCut && (
        <Notice tone="warn" className="border-t-0">
          Of the attempts that were retried, only the newest are listed.
        </Notice>
      )}
      {shown.length === 0 ? (
        <EmptyState
          title={problems ? "Nothing went wrong" : "Nothing has happened to this task"}
          className="px-4"
          actions={<Button onClick={() => setParams({ problems: null, mine: null })}>Show all events</Button>}
        >
          <p>
            {problems
              ? `No task failed and no worker was lost${mine ? " here" : ""}.`
              : "It is still waiting for others."}
          </p>
        </EmptyState>
      ) : (
        <EventList events={shown} />
      )}
    </>
  );
}

function passes(event: RunEvent, problems: boolean, taskId: string | undefined): boolean {
  if (taskId !== undefined && taskOfEvent(event) !== taskId) return false;
  return !problems || isProblem(event);
}
