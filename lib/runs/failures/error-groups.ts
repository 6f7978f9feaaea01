import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import { type Failure, failuresSince, mostFailures } from "./failed-attempts";
import { fingerprintOf } from "./fingerprint";
import { firstLine } from "./first-line";
import { holds, marksOf } from "./marks";
import type { ErrorFailure, ErrorGroup, ErrorGroups, ErrorWindow } from "./schema";

const mostGroups = 200;
const mostNamed = 5;
const mostOpened = 100;

/**
 * The errors of the last days, those that differ in values alone as one. Each attempt that failed counts: a retry makes good
 * what it was asked for, and not that it had to be asked for.
 */
export async function listErrorGroups(scope: WorkspaceScope, days: ErrorWindow): Promise<ErrorGroups> {
  const now = new Date();
  const failures = await failuresSince(scope, new Date(now.getTime() - days * day));
  const names = await workflowNames(scope, failures);
  const groups = new Map<string, { template: string; members: Failure[] }>();
  for (const failure of failures) {
    const { fingerprint, template } = fingerprintOf(failure.errorMessage);
    const group = groups.get(fingerprint);
    if (group) group.members.push(failure);
    else groups.set(fingerprint, { template, members: [failure] });
  }
  const marks = await marksOf(scope, "error", [...groups.keys()]);
  const rows = [...groups]
    .map(([fingerprint, { template, members }]): ErrorGroup => {
      const [latest, earliest] = [members[0], members.at(-1)];
      if (!latest || !earliest) throw new Error("A group of errors holds none");
      const mark = marks.get(fingerprint);
      const closed = holds(mark, latest.finishedAt);
      return {
        fingerprint,
        template,
        example: firstLine(latest.errorMessage, 500),
        count: members.length,
        workflows: mostFrequent(members.map(({ runId }) => names.get(runId) ?? "a run that is gone")),
        nodes: mostFrequent(members.map(({ nodeName }) => nodeName)),
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
    failures: failures.length,
    readFrom: failures.length === mostFailures ? (failures.at(-1)?.finishedAt.toISOString() ?? null) : null,
    days,
    asOf: now.toISOString(),
  };
}

/** The failures of one group, the latest first. */
export async function listErrorFailures(
  scope: WorkspaceScope,
  fingerprint: string,
  days: ErrorWindow,
): Promise<ErrorFailure[]> {
  const failures = await failuresSince(scope, new Date(Date.now() - days * day));
  const members = failures
    .filter((failure) => fingerprintOf(failure.errorMessage).fingerprint === fingerprint)
    .slice(0, mostOpened);
  const names = await workflowNames(scope, members);
  return members.map((failure) => ({
    id: failure.id,
    taskId: failure.taskId,
    runId: failure.runId,
    workflowName: names.get(failure.runId) ?? "a run that is gone",
    node: failure.nodeName,
    at: failure.finishedAt.toISOString(),
    present: failure.present,
    message: firstLine(failure.errorMessage, 500),
  }));
}

async function workflowNames(scope: WorkspaceScope, failures: Failure[]): Promise<Map<string, string>> {
  const ids = [...new Set(failures.map(({ runId }) => runId))];
  const found = await scoped(scope)
    .collection(workflowRuns)
    .find(
      { _id: { $in: ids } },
      { projection: { workflowName: 1 }, sort: { _id: 1 }, limit: mostFailures, maxTimeMS: 10_000 },
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
function perDay(failures: Failure[], now: Date, days: ErrorWindow): number[] {
  const bars = days === 1 ? 24 : days;
  const width = (days * day) / bars;
  const counts = Array.from({ length: bars }, () => 0);
  for (const { finishedAt } of failures) {
    const at = bars - 1 - Math.floor((now.getTime() - finishedAt.getTime()) / width);
    const bar = Math.min(bars - 1, Math.max(0, at));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}
