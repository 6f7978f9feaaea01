import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import { fingerprintOf } from "./fingerprint";
import { firstLine } from "./first-line";
import { holds, marksOf } from "./marks";
import type { ErrorGroup, ErrorGroups, ErrorTask, ErrorWindow } from "./schema";

const patience = { maxTimeMS: 10_000 };
/** Failed tasks that are read at most, the latest. */
const mostTasks = 5_000;
const mostGroups = 200;
const mostNamed = 5;
const mostOpened = 100;

interface FailedTask {
  _id: string;
  workflowRunId: string;
  nodeName: string;
  errorMessage: string | null;
  attempt: number;
  finishedAt: Date;
}

/** The errors of failed tasks of the last days, those that differ in values alone as one. */
export async function listErrorGroups(scope: WorkspaceScope, days: ErrorWindow): Promise<ErrorGroups> {
  const now = new Date();
  const tasks = await failedTasks(scope, new Date(now.getTime() - days * day));
  const names = await workflowNames(scope, tasks);
  const groups = new Map<string, { template: string; tasks: FailedTask[] }>();
  for (const task of tasks) {
    const { fingerprint, template } = fingerprintOf(task.errorMessage);
    const group = groups.get(fingerprint);
    if (group) group.tasks.push(task);
    else groups.set(fingerprint, { template, tasks: [task] });
  }
  const marks = await marksOf(scope, "error", [...groups.keys()]);
  const rows = [...groups]
    .map(([fingerprint, { template, tasks: members }]): ErrorGroup => {
      const [latest, earliest] = [members[0], members.at(-1)];
      if (!latest || !earliest) throw new Error("A group of errors holds none");
      const mark = marks.get(fingerprint);
      const closed = holds(mark, latest.finishedAt);
      return {
        fingerprint,
        template,
        example: firstLine(latest.errorMessage, 500),
        count: members.length,
        workflows: mostFrequent(members.map((task) => names.get(task.workflowRunId) ?? "a run that is gone")),
        nodes: mostFrequent(members.map((task) => task.nodeName)),
        firstAt: earliest.finishedAt.toISOString(),
        lastAt: latest.finishedAt.toISOString(),
        days: perDay(members, now, days),
        isNew: days > 1 && now.getTime() - earliest.finishedAt.getTime() < day,
        isBack: mark?.decision === "resolved" && !closed,
        mark: mark ?? null,
      };
    })
    .sort((a, b) => b.count - a.count || (a.lastAt < b.lastAt ? 1 : -1));
  const isClosed = (group: ErrorGroup) => group.mark !== null && !group.isBack;
  return {
    open: rows.filter((group) => !isClosed(group)).slice(0, mostGroups),
    closed: rows.filter(isClosed).slice(0, mostGroups),
    tasks: tasks.length,
    readFrom: tasks.length === mostTasks ? (tasks.at(-1)?.finishedAt.toISOString() ?? null) : null,
    days,
    asOf: now.toISOString(),
  };
}

/** The failed tasks of one group, the latest first. */
export async function listErrorTasks(
  scope: WorkspaceScope,
  fingerprint: string,
  days: ErrorWindow,
): Promise<ErrorTask[]> {
  const tasks = await failedTasks(scope, new Date(Date.now() - days * day));
  const members = tasks
    .filter((task) => fingerprintOf(task.errorMessage).fingerprint === fingerprint)
    .slice(0, mostOpened);
  const names = await workflowNames(scope, members);
  return members.map((task) => ({
    taskId: task._id,
    runId: task.workflowRunId,
    workflowName: names.get(task.workflowRunId) ?? "a run that is gone",
    node: task.nodeName,
    at: task.finishedAt.toISOString(),
    attempt: task.attempt,
    message: firstLine(task.errorMessage, 500),
  }));
}

async function failedTasks(scope: WorkspaceScope, since: Date): Promise<FailedTask[]> {
  const found = await scoped(scope)
    .collection(runTasks)
    .find(
      { status: "failed", finishedAt: { $gte: since } },
      {
        projection: { workflowRunId: 1, nodeName: 1, errorMessage: 1, attempt: 1, finishedAt: 1 },
        sort: { finishedAt: -1 },
        limit: mostTasks,
        ...patience,
      },
    )
    .toArray();
  return found.flatMap(({ finishedAt, ...task }) => (finishedAt ? [{ ...task, finishedAt }] : []));
}

async function workflowNames(scope: WorkspaceScope, tasks: FailedTask[]): Promise<Map<string, string>> {
  const ids = [...new Set(tasks.map((task) => task.workflowRunId))];
  const found = await scoped(scope)
    .collection(workflowRuns)
    .find(
      { _id: { $in: ids } },
      { projection: { workflowName: 1 }, sort: { _id: 1 }, limit: mostTasks, ...patience },
    )
    .toArray();
  return new Map(found.map((run) => [run._id, run.workflowName]));
}

function mostFrequent(names: string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostNamed)
    .map(([name]) => name);
}

/** Bars of the window: a day each, or an hour each where the window is one day. */
function perDay(tasks: FailedTask[], now: Date, days: ErrorWindow): number[] {
  const bars = days === 1 ? 24 : days;
  const width = (days * day) / bars;
  const counts = Array.from({ length: bars }, () => 0);
  for (const { finishedAt } of tasks) {
    const at = bars - 1 - Math.floor((now.getTime() - finishedAt.getTime()) / width);
    const bar = Math.min(bars - 1, Math.max(0, at));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}
