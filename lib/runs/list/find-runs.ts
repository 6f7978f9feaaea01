import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type RunRowDocument, runRowFields } from "../rows";
import type { RunFilter, RunFilters } from "./filters";
import { type RunRange, rangesOf } from "./match";

/** Where a run stands in every list of runs. */
export interface RunKey {
  createdAt: Date;
  _id: string;
}

export interface Place {
  key: RunKey | null;
  direction: RunFilters["direction"];
  limit: number;
  /** How far it is looked for conditions that no index knows. */
  most?: number;
}

export interface FoundRuns {
  runs: RunRowDocument[];
  /** Where looking stopped although more may match; null when there is nothing more, or enough was found. */
  stoppedAt: RunKey | null;
  /** Runs that were looked at up to there. */
  searched: number;
}

const patienceMs = 5_000;
/** Runs looked at for one page, and how many at once. Few enough that one step is quick whatever the documents hold. */
const mostSearched = 10_000;
const stepSize = 2_000;
const searchingMs = 1_500;

/**
 * Runs of a filter in the order of the list, from a place on. Conditions that an index knows cost nothing; for the others at
 * most so many runs are looked at, and the answer says where looking stopped, so that a person decides whether to go on.
 */
export async function findRuns(
  scope: WorkspaceScope,
  filter: RunFilter,
  place: Place,
  now = new Date(),
): Promise<FoundRuns> {
  const ranges = rangesOf(filter, now);
  const most = (place.most ?? mostSearched) / ranges.length;
  const found = await Promise.all(ranges.map((range) => findInRange(scope, range, place, most)));
  const sign = place.direction === "older" ? -1 : 1;
  const stops = found.flatMap(({ stoppedAt }) => stoppedAt ?? []).sort((a, b) => sign * compareKeys(a, b));
  const [stoppedAt = null] = stops;
  // Beyond the nearest stop one range may hold runs that another was not searched for.
  const within = (run: RunKey) => stoppedAt === null || sign * compareKeys(run, stoppedAt) <= 0;
  const runs = found
    .flatMap((each) => each.runs)
    .filter(within)
    .sort((a, b) => sign * compareKeys(a, b))
    .slice(0, place.limit);
  const enough = runs.length === place.limit;
  const searched = found.reduce((sum, each) => sum + each.searched, 0);
  return { runs, stoppedAt: enough ? null : stoppedAt, searched };
}

async function findInRange(
  scope: WorkspaceScope,
  range: RunRange,
  place: Place,
  most: number,
): Promise<FoundRuns> {
  const { rest } = range;
  const { direction, limit } = place;
  const runs = scoped(scope).collection(workflowRuns);
  const order = direction === "older" ? -1 : 1;
  const sort = { createdAt: order, _id: order } as const;
  const from = (key: RunKey | null) => ({ ...range.indexed, ...bounded(range, key, direction) });
  if (rest === null) {
    const found = await runs
      .find(from(place.key), { projection: runRowFields, sort, limit, maxTimeMS: patienceMs })
      .toArray();
    return { runs: found, stoppedAt: null, searched: 0 };
  }
  const found: RunRowDocument[] = [];
  const until = performance.now() + searchingMs;
  let searched = 0;
  for (let key = place.key; ; ) {
    const step = Math.min(stepSize, Math.ceil(most));
    const [matching, ends] = await Promise.all([
      runs
        .aggregate<RunRowDocument>(
          [
            { $match: from(key) },
            { $sort: sort },
            { $limit: step },
            { $match: rest },
            { $limit: limit - found.length },
            { $project: runRowFields },
          ],
          { maxTimeMS: patienceMs },
        )
        .toArray(),
      runs
        .find(from(key), {
          projection: { createdAt: 1 },
          sort,
          skip: step - 1,
          limit: 1,
          maxTimeMS: patienceMs,
        })
        .toArray(),
    ]);
    found.push(...matching);
    const [end = null] = ends;
    if (end === null || found.length >= limit) return { runs: found, stoppedAt: null, searched };
    searched += step;
    key = { createdAt: end.createdAt, _id: end._id };
    if (searched >= most || performance.now() >= until) return { runs: found, stoppedAt: key, searched };
  }
}

/** The bound on `createdAt` stands outside the `$or`, where an index range can use it. */
function bounded({ createdAt: bounds }: RunRange, key: RunKey | null, direction: Place["direction"]) {
  if (key === null) return Object.keys(bounds).length === 0 ? {} : { createdAt: bounds };
  const { createdAt, _id } = key;
  return direction === "older"
    ? {
        createdAt: { ...bounds, $lte: createdAt },
        $or: [{ createdAt: { $lt: createdAt } }, { _id: { $lt: _id } }],
      }
    : {
        createdAt: { ...bounds, $gte: later(createdAt, bounds.$gte) },
        $or: [{ createdAt: { $gt: createdAt } }, { _id: { $gt: _id } }],
      };
}

function later(a: Date, b: Date | undefined): Date {
  return b && b > a ? b : a;
}

export function compareKeys(a: RunKey, b: RunKey): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a._id < b._id ? -1 : a._id > b._id ? 1 : 0);
}
