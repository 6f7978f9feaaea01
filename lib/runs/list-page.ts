import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor, timeCursor } from "@/lib/db/page";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type RunRowDocument, runRowFields, toRunRow } from "./rows";
import type { RunFilters, RunPage } from "./schema";
import { type RunStatus, runStatuses } from "./status";

export const runPageSize = 50;
const patienceMs = 5_000;

type Key = { createdAt: Date; _id: string };
type Direction = RunFilters["direction"];

/** One page of runs, newest first, by keyset on (createdAt, _id): a page far down costs what the first one costs. */
export async function readRunPage(scope: WorkspaceScope, filters: RunFilters): Promise<RunPage> {
  const asOf = new Date().toISOString();
  const key = keyOf(filters.cursor);
  const direction = key ? filters.direction : "older";
  const found = await findRuns(scope, filters, { key, direction, limit: runPageSize + 1 });
  // Nothing newer than the cursor: the reader is at the top, so show the top.
  if (found.length === 0 && key && direction === "newer") {
    return readRunPage(scope, { ...filters, cursor: null, direction: "older" });
  }
  const more = found.length > runPageSize;
  const shown = found.slice(0, runPageSize);
  if (direction === "newer") shown.reverse();
  const first = shown.at(0);
  const last = shown.at(-1);
  return {
    runs: shown.map(toRunRow),
    older: last && (direction === "newer" || more) ? cursorOf(last) : null,
    newer: first && key && (direction === "older" || more) ? cursorOf(first) : null,
    asOf,
  };
}

interface Place {
  key: Key | null;
  direction: Direction;
  limit: number;
}

/**
 * Several statuses are read as one indexed range each and merged: a single query with `$in` would have to sort
 * everything it matches on an engine that does not merge index ranges itself.
 */
export async function findRuns(
  scope: WorkspaceScope,
  { statuses, workflowId }: { statuses: readonly RunStatus[]; workflowId: string | null },
  place: Place,
): Promise<RunRowDocument[]> {
  const chosen = new Set(statuses);
  const ranges = chosen.size === 0 || chosen.size === runStatuses.length ? [null] : [...chosen];
  const found = await Promise.all(ranges.map((status) => findRange(scope, status, workflowId, place)));
  const sign = place.direction === "older" ? -1 : 1;
  return found
    .flat()
    .sort((a, b) => sign * compareKeys(a, b))
    .slice(0, place.limit);
}

function findRange(
  scope: WorkspaceScope,
  status: RunStatus | null,
  workflowId: string | null,
  { key, direction, limit }: Place,
): Promise<RunRowDocument[]> {
  const order = direction === "older" ? -1 : 1;
  return scoped(scope)
    .collection(workflowRuns)
    .find(
      {
        ...(workflowId === null ? {} : { workflowDefinitionId: workflowId }),
        ...(status === null ? {} : { status }),
        ...(key === null ? {} : beyond(key, direction)),
      },
      { projection: runRowFields, sort: { createdAt: order, _id: order }, limit, maxTimeMS: patienceMs },
    )
    .toArray();
}

/** The bound on `createdAt` stands outside the `$or`, where an index range can use it. */
function beyond({ createdAt, _id }: Key, direction: Direction) {
  return direction === "older"
    ? { createdAt: { $lte: createdAt }, $or: [{ createdAt: { $lt: createdAt } }, { _id: { $lt: _id } }] }
    : { createdAt: { $gte: createdAt }, $or: [{ createdAt: { $gt: createdAt } }, { _id: { $gt: _id } }] };
}

function compareKeys(a: Key, b: Key): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a._id < b._id ? -1 : a._id > b._id ? 1 : 0);
}

const cursorOf = (run: Key) => encodeCursor([run.createdAt, run._id]);

function keyOf(cursor: string | null): Key | null {
  const decoded = decodeCursor(cursor, timeCursor);
  return decoded && { createdAt: decoded[0], _id: decoded[1] };
}
