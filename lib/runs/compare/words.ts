import { formatCount, formatDuration, formatPercent, formatPlural } from "@/lib/format";
import { taskStatus, taskStatuses } from "../status";
import type { InputsComparison } from "./inputs";
import type { ComparedRun, ComparedTaskSide, GraphComparison, PairTemplates, TaskPair } from "./schema";
import type { PairVerdict } from "./verdict";

const word = ({ status }: ComparedTaskSide) => taskStatus[status].label.toLowerCase();

/** How the task parts the runs: "failed in B after 4 min 10 s, succeeded in A". */
export function divergenceWords(pair: TaskPair, templates: PairTemplates | undefined): string {
  const { a, b } = pair;
  if (!a || !b) return `only ${a ? "A" : "B"} has it`;
  if (a.status === b.status) return templates ? logWords(templates) : "its log says something else";
  const [told, other, letter, otherLetter] =
    tellingSide(pair) === "a" ? ([a, b, "A", "B"] as const) : ([b, a, "B", "A"] as const);
  const after = told.endedMs === null ? "" : ` after ${formatDuration(told.endedMs)}`;
  return `${word(told)} in ${letter}${after}, ${word(other)} in ${otherLetter}`;
}

/** The side to look at first: the one that failed, else the run that is compared with. */
export function tellingSide({ a, b }: TaskPair): "a" | "b" {
  if (!b) return "a";
  return a?.status === "failed" && b.status !== "failed" ? "a" : "b";
}

/** What differs between the tasks of a pair, the gravest alone. */
export function differenceWords({ a, b }: TaskPair, { difference, log, changeMs }: PairVerdict): string {
  if (!a || !b) return `only in ${a ? "A" : "B"}`;
  switch (difference) {
    case "outcome":
      return `${word(a)} in A, ${word(b)} in B`;
    case "log":
      return "its log says something else";
    case "duration":
      return changeMs !== null && changeMs > 0 ? "slower in B" : "faster in B";
    case "attempts":
      return `${formatPlural(a.attempt, "attempt")} in A, ${b.attempt} in B`;
    default:
      return log === "waiting" ? "not compared yet" : "the same";
  }
}

export function logWords({ onlyA, onlyB }: PairTemplates): string {
  const parts = [
    ...(onlyA.templates > 0 ? [`${formatPlural(onlyA.templates, "template")} only in A`] : []),
    ...(onlyB.templates > 0 ? [`${formatPlural(onlyB.templates, "template")} only in B`] : []),
  ];
  return parts.join(", ");
}

/** The same where a head over it says of what: "1 only in A, 2 only in B". */
export function shortLogWords({ onlyA, onlyB }: PairTemplates): string {
  const parts = [
    ...(onlyA.templates > 0 ? [`${formatCount(onlyA.templates)} only in A`] : []),
    ...(onlyB.templates > 0 ? [`${formatCount(onlyB.templates)} only in B`] : []),
  ];
  return parts.join(", ");
}

/** "+18 min 02 s", with a true minus sign. */
export function changeWords(changeMs: number): string {
  return changeMs > 0 ? `+${formatDuration(changeMs)}` : formatDuration(changeMs);
}

/** "+4%"; from ten times on as a factor, which is easier to grasp. */
export function shareWords(share: number): string {
  if (share >= 9) return `× ${Math.round(share + 1).toLocaleString("en")}`;
  return `${share < 0 ? "−" : "+"}${formatPercent(Math.abs(share))}`;
}

/** Null when they are the same. */
export function inputWords({ onlyA, onlyB, changed }: InputsComparison): string | null {
  const parts = [
    ...(onlyB.length > 0 ? [`${onlyB.length} added`] : []),
    ...(onlyA.length > 0 ? [`${onlyA.length} removed`] : []),
    ...(changed.length > 0 ? [`${changed.length} in another version`] : []),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

/** Null when they are the same. */
export function graphWords(graph: GraphComparison): string | null {
  const { added, removed, changedNodes } = graph;
  const edges = graph.edgesAdded + graph.edgesRemoved;
  const parts = [
    ...(added.count > 0 ? [`${formatPlural(added.count, "node")} added`] : []),
    ...(removed.count > 0 ? [`${formatPlural(removed.count, "node")} removed`] : []),
    ...(changedNodes > 0 ? [`${formatPlural(changedNodes, "node")} changed`] : []),
    ...(edges > 0 ? [`${formatPlural(edges, "edge")} changed`] : []),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

/** What is not zero, failures first. */
export function countWords({ taskCounts }: Pick<ComparedRun, "taskCounts">): string {
  const order = ["failed", ...taskStatuses.filter((status) => status !== "failed")] as const;
  return order
    .filter((status) => taskCounts[status] > 0)
    .map((status) => `${formatCount(taskCounts[status])} ${taskStatus[status].label.toLowerCase()}`)
    .join(", ");
}

/** Null when they are the same. */
export function countDifferenceWords(
  a: Pick<ComparedRun, "taskCounts">,
  b: Pick<ComparedRun, "taskCounts">,
): string | null {
  const failed = b.taskCounts.failed - a.taskCounts.failed;
  if (failed !== 0) return `${formatCount(Math.abs(failed))} ${failed > 0 ? "more" : "fewer"} failed in B`;
  return countWords(a) === countWords(b) ? null : "other counts";
}

/** Null when they took the same time, "" when there is nothing to compare. */
export function durationDifferenceWords(
  a: Pick<ComparedRun, "durationMs">,
  b: Pick<ComparedRun, "durationMs">,
): string | null {
  if (a.durationMs === null || b.durationMs === null) return "";
  const change = b.durationMs - a.durationMs;
  if (change === 0) return null;
  const share = a.durationMs === 0 ? "" : ` (${shareWords(change / a.durationMs)})`;
  return `${changeWords(change)}${share}`;
}
