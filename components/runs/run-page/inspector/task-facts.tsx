"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IdText } from "@/components/ui/id-text";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { formatClock, formatCount, formatDate, formatDuration, formatInstant, shortenId } from "@/lib/format";
import type { TaskDetail, TaskRow } from "@/lib/runs/schema";
import { commandLine, configFacts } from "@/lib/runs/task-config";
import { taskDurationMs } from "@/lib/runs/task-sort";
import { useRunPage } from "../run-page-context";
import { Section } from "./section";

/** Where and how the task ran. What the table already knows is there at once; the command is read for this task alone. */
export function TaskFacts({ task, detail }: { task: TaskRow; detail: UseQueryResult<TaskDetail> }) {
  const { run } = useRunPage();
  const lasted = taskDurationMs(task, run.asOf);
  const waited =
    task.queuedAt && task.startedAt ? Date.parse(task.startedAt) - Date.parse(task.queuedAt) : null;
  return (
    <Section title="Facts">
      <dl className="grid grid-cols-[92px_minmax(0,1fr)] gap-y-0.5 pt-2 text-12 [&_dt]:text-text-3">
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
        {detail.data && <ConfigFacts config={detail.data.executorConfig} />}
        <Fact name="Task id">
          <IdText id={task.id} name="task id" className="max-md:-my-1.5" />
        </Fact>
      </dl>
      {detail.isPending && <Skeleton className="mt-2 w-64" />}
      {detail.isError && (
        <p role="alert" className="mt-2 flex items-center gap-2 text-fail-text">
          Its settings cannot be read: {detail.error.message}
          <Button size="sm" onClick={() => detail.refetch()}>
            Try again
          </Button>
        </p>
      )}
      {detail.data && <Command config={detail.data.executorConfig} />}
    </Section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
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

function ConfigFacts({ config }: { config: TaskDetail["executorConfig"] }) {
  return configFacts(config).map(({ name, value }) => (
    <Fact key={name} name={name}>
      {value}
    </Fact>
  ));
}

function Command({ config }: { config: TaskDetail["executorConfig"] }) {
  const command = commandLine(config);
  if (!command) return null;
  return (
    <section aria-label="Command" className="relative mt-2 rounded-1 bg-hover">
      <code className="block whitespace-pre-wrap py-1.5 pr-8 pl-2 text-12 leading-4.5 [overflow-wrap:anywhere]">
        {command}
      </code>
      <CopyButton text={command} label="Copy command" className="absolute top-1 right-1 bg-hover" />
    </section>
  );
}
