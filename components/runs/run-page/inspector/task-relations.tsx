"use client";

import { useState } from "react";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount } from "@/lib/format";
import type { TaskRow } from "@/lib/runs/schema";
import { taskStatus } from "@/lib/runs/status";
import { shortTaskName } from "@/lib/runs/task-name";
import { useRunPage } from "../run-page-context";
import { Section } from "./section";

/** Names shown before "n more" is offered; a merge may have two thousand parents. */
const shownFirst = 8;
const shownMost = 100;

/** What the task was made from, and what waits for it: each a way to that task. */
export function TaskRelations({ task, upstream }: { task: TaskRow; upstream: readonly TaskRow[] }) {
  const { adjacency, taskByNode } = useRunPage();
  const downstream = (adjacency.down.get(task.nodeId) ?? [])
    .map((nodeId) => taskByNode.get(nodeId))
    .filter((each): each is TaskRow => each !== undefined);
  const blocked = task.status !== "succeeded";
  return (
    <Section title={blocked ? "Upstream and blocked" : "Upstream and downstream"}>
      <dl className="grid grid-cols-[92px_minmax(0,1fr)] gap-y-1 pt-2 text-12">
        <dt className="text-text-3 max-md:pt-1.5">Upstream</dt>
        <dd>
          <TaskNames key={`up ${task.id}`} tasks={upstream} none="Nothing: it begins the run" />
        </dd>
        <dt className="text-text-3 max-md:pt-1.5">{blocked ? "Blocks" : "Feeds"}</dt>
        <dd>
          <TaskNames key={`down ${task.id}`} tasks={downstream} none="Nothing: it ends the run" />
        </dd>
      </dl>
    </Section>
  );
}

function TaskNames({ tasks, none }: { tasks: readonly TaskRow[]; none: string }) {
  const { select } = useRunPage();
  const [most, setMost] = useState(shownFirst);
  if (tasks.length === 0) return <span className="text-text-3">{none}</span>;
  const rest = tasks.length - most;
  return (
    <ul className="flex flex-wrap gap-x-3">
      {tasks.slice(0, most).map((task) => {
        const { label, tone, shape } = taskStatus[task.status];
        return (
          <li key={task.id} className="min-w-0">
            <button
              type="button"
              onClick={() => select(task.id, "pick")}
              title={`${task.name}, ${label.toLowerCase()}`}
              className="inline-flex max-w-full items-center gap-1.5 rounded-1 hover:underline max-md:min-h-8"
            >
              <StatusGlyph tone={tone} shape={shape} />
              <span className="mono truncate">{shortTaskName(task.name, task.nodeId)}</span>
              <span className="sr-only">, {label.toLowerCase()}</span>
            </button>
          </li>
        );
      })}
      {rest > 0 && (
        <li>
          {most < shownMost ? (
            <button
              type="button"
              onClick={() => setMost(shownMost)}
              className="rounded-1 font-medium text-accent-text hover:underline"
            >
              {formatCount(rest)} more
            </button>
          ) : (
            <span className="text-text-3">and {formatCount(rest)} more</span>
          )}
        </li>
      )}
    </ul>
  );
}
