"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import { IdText } from "@/components/ui/id-text";
import { Time } from "@/components/ui/time";
import { formatClock, formatCount, formatDate, formatDuration, formatInstant, shortenId } from "@/lib/format";
import type { TaskDetail, TaskRow } from "@/lib/runs/schema";
import { taskDurationMs } from "@/lib/runs/task-sort";
import { useRunPage } from "../run-page-context";
import { Fact, FactList } from "./fact-list";
import { Section } from "./section";

/** Where and how the task ran. What the table already knows is there at once. */
export function TaskFacts({ task, detail }: { task: TaskRow; detail: UseQueryResult<TaskDetail> }) {
  const { run } = useRunPage();
  const lasted = taskDurationMs(task, run.asOf);
  const waited =
    task.queuedAt && task.startedAt ? Date.parse(task.startedAt) - Date.parse(task.queuedAt) : null;
  return (
    <Section title="Facts">
      <FactList>
        <Fact name="Executor">{task.executorType}</Fact>
        {task.workerId && <Fact name="Worker">{task.workerId}</Fact>}
        <Fact name="Attempt">
          {task.attempt}
          {detail.data && detail.data.stalls > 0 && (
            <span className="text-text-2">, its lease ran out {times(detail.data.stalls)}</span>
          )}
        </Fact>
        {task.cacheHit && (
          <Fact name="Cache">
            <CacheHit detail={detail} />
          </Fact>
        )}
        {task.startedAt && (
          <Fact name="Ran">
            {lasted !== null && formatDuration(lasted)}
            <span className="text-text-2">
              {" "}
              from{" "}
              <time dateTime={task.startedAt} title={formatInstant(task.startedAt)}>
                {formatDate(task.startedAt) === formatDate(run.asOf) ? "" : `${formatDate(task.startedAt)}, `}
                {formatClock(task.startedAt)} UTC
              </time>
              {waited !== null && waited > 0 && `, after ${formatDuration(waited)} in the queue`}
            </span>
          </Fact>
        )}
        {detail.data && detail.data.assetCount > 0 && (
          <Fact name="Assets">
            <span className="mono">{detail.data.assetIds.slice(0, 3).join(", ")}</span>
            {detail.data.assetCount > 3 && ` and ${formatCount(detail.data.assetCount - 3)} more`}
          </Fact>
        )}
        {detail.data?.cacheKey && (
          <Fact name="Cache key">
            <IdText id={detail.data.cacheKey} name="cache key" className="max-md:-my-1.5" />
          </Fact>
        )}
        <Fact name="Task id">
          <IdText id={task.id} name="task id" className="max-md:-my-1.5" />
        </Fact>
      </FactList>
    </Section>
  );
}

/** Whose result it is, where that is known; the task may have been run again since, or the key be of another place. */
function CacheHit({ detail }: { detail: UseQueryResult<TaskDetail> }) {
  const { workspace } = useRunPage();
  const source = detail.data?.cacheSource;
  if (!source) return detail.data ? "hit: an earlier result was used; its run is not known here" : "hit";
  const { runId, taskId, finishedAt } = source;
  return (
    <>
      hit: the result of{" "}
      <Link
        href={`/w/${workspace}/runs/${encodeURIComponent(runId)}?task=${encodeURIComponent(taskId)}`}
        className="mono rounded-1 font-medium text-accent-text hover:underline"
      >
        {shortenId(runId)}
      </Link>{" "}
      was used,{" "}
      <span className="text-text-2">
        made <Time at={finishedAt} />
      </span>
    </>
  );
}

const times = (count: number) => (count === 1 ? "once" : `${formatCount(count)} times`);
