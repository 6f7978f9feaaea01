import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { RunFilter } from "../list/filters";
import { matchOf, type RunRange, rangesOf } from "../list/match";
import { mostCounted, type ViewCount } from "./counts-schema";

const patience = { maxTimeMS: 5_000 };
const sort = { createdAt: -1, _id: -1 } as const;
/** Of conditions that no index knows: runs that are looked at, the newest. */
const mostLookedAt = 2_000;

/** How many runs a filter matches, as far as a tab has room to say it. */
export async function countRuns(
  scope: WorkspaceScope,
  filter: RunFilter,
  { now = new Date(), lookedAt = mostLookedAt } = {},
): Promise<ViewCount> {
  const ranges = await Promise.all(
    rangesOf(filter, now).map((range) =>
      range.rest === null ? countIndexed(scope, range) : countByLooking(scope, range, range.rest, lookedAt),
    ),
  );
  const runs = ranges.reduce((sum, range) => sum + range.runs, 0);
  return { runs: Math.min(runs, mostCounted), more: runs > mostCounted || ranges.some(({ more }) => more) };
}

async function countIndexed(scope: WorkspaceScope, range: RunRange): Promise<ViewCount> {
  const runs = await scoped(scope)
    .collection(workflowRuns)
    .countDocuments(matchOf(range), { limit: mostCounted + 1, ...patience });
  return { runs, more: false };
}

async function countByLooking(
  scope: WorkspaceScope,
  range: RunRange,
  rest: NonNullable<RunRange["rest"]>,
  lookedAt: number,
): Promise<ViewCount> {
  const runs = scoped(scope).collection(workflowRuns);
  const [counted, beyond] = await Promise.all([
    runs
      .aggregate<{ runs: number | bigint }>(
        [
          { $match: matchOf(range) },
          { $sort: sort },
          { $limit: lookedAt },
          { $match: rest },
          { $limit: mostCounted + 1 },
          { $group: { _id: null, runs: { $sum: 1 } } },
        ],
        patience,
      )
      .toArray(),
    runs
      .find(matchOf(range), { projection: { _id: 1 }, sort, skip: lookedAt, limit: 1, ...patience })
      .toArray(),
  ]);
  return { runs: Number(counted[0]?.runs ?? 0), more: beyond.length > 0 };
}
