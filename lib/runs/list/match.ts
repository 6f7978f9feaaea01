import type { Filter } from "mongodb";
import { momentOf } from "@/lib/logs/explorer-query";
import type { WorkflowRun } from "@/lib/mongo/collections/runs";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { type RunStatus, runStatuses } from "../status";
import type { RunFilter } from "./filters";

type Match = Filter<WorkflowRun>;

/** A part of the runs that one index holds in the order of the list. */
export interface RunRange {
  /** Equalities that an index begins with. */
  indexed: Match;
  /** Conditions for which each document of the range is looked at; null when there are none. */
  rest: Match | null;
  /** Bounds on `createdAt`, by which every one of these indexes goes on. */
  createdAt: { $gte?: Date; $lt?: Date };
}

/**
 * A filter as ranges of declared indexes, and what is left to look at in each document. Several statuses are a range each: a
 * single query with `$in` would have to sort everything that it matches on an engine that does not merge ranges itself.
 */
export function rangesOf(filter: RunFilter, now = new Date()): RunRange[] {
  const createdAt = boundsOf(filter, now);
  const rest = restOf(filter);
  const chosen = new Set(filter.statuses);
  const statuses: (RunStatus | null)[] =
    chosen.size === 0 || chosen.size === runStatuses.length ? [null] : [...chosen];
  const { workflowId, projectId, inputId } = filter;
  if (inputId !== null) {
    // Few runs share an input: its own index first, everything else by looking.
    const others: Match[] = [];
    if (workflowId !== null) others.push({ workflowDefinitionId: workflowId });
    if (projectId !== null) others.push({ projectId });
    if (statuses[0] !== null) others.push({ status: { $in: [...chosen] } });
    return [{ indexed: { "inputBindings.id": inputId }, rest: all([...others, ...rest]), createdAt }];
  }
  return statuses.map((status) => {
    const ofStatus: Match = status === null ? {} : { status };
    if (workflowId !== null) {
      const ofProject: Match[] = projectId === null ? [] : [{ projectId }];
      return {
        indexed: { workflowDefinitionId: workflowId, ...ofStatus },
        rest: all([...ofProject, ...rest]),
        createdAt,
      };
    }
    const ofProject: Match = projectId === null ? {} : { projectId };
    return { indexed: { ...ofProject, ...ofStatus }, rest: all(rest), createdAt };
  });
}

/** A range as a condition, without what is looked at in each document. */
export function matchOf({ indexed, createdAt }: RunRange): Match {
  return Object.keys(createdAt).length === 0 ? indexed : { ...indexed, createdAt };
}

function restOf({ version, triggeredBy, longerThanMs, shorterThanMs, text }: RunFilter): Match[] {
  const rest: Match[] = [];
  if (version !== null) rest.push({ workflowVersionNumber: version });
  if (triggeredBy !== null) rest.push({ triggeredBy });
  if (longerThanMs !== null) rest.push({ durationMs: { $gte: longerThanMs } });
  if (shorterThanMs !== null) rest.push({ durationMs: { $lt: shorterThanMs } });
  if (text !== null) {
    const part = { $regex: escapeRegex(text), $options: "i" };
    rest.push({ $or: [{ _id: part }, { workflowName: part }] });
  }
  return rest;
}

function all(conditions: Match[]): Match | null {
  const [only] = conditions;
  if (!only) return null;
  return conditions.length === 1 ? only : { $and: conditions };
}

/** What is no time in the URL bounds nothing; the chip shows it as it stands. */
function boundsOf({ since, until }: RunFilter, now: Date): RunRange["createdAt"] {
  const from = momentIn(since, now);
  const to = momentIn(until, now);
  return { ...(from && { $gte: from }), ...(to && { $lt: to }) };
}

/** The moment that a time of a filter means now; null when it is none. */
export function momentIn(text: string | null, now: Date): Date | null {
  if (text === null) return null;
  const moment = new Date(momentOf(text, now));
  return Number.isNaN(moment.getTime()) ? null : moment;
}
