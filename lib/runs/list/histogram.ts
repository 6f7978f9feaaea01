import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { day, hour, second } from "@/lib/time";
import { type RunStatus, runStatuses } from "../status";
import type { RunFilter } from "./filters";
import { bucketCount, type RunHistogram, type StatusCounts } from "./histogram-schema";
import { matchOf, momentIn, type RunRange, rangesOf } from "./match";

/** Runs that are counted at most; a database of millions is never counted for a picture. */
const mostCounted = 10_000;
/** Of runs without a time range; the others lie left of the bars, and of these shares the largest that gives a picture. */
const sharesShown = [0.5, 0.75, 0.9, 0.97];
/** A larger share that makes the time so many times longer leaves the smaller one two bars. */
const mostTimesLonger = bucketCount / 2;
const patience = { maxTimeMS: 5_000 };

interface Counted {
  _id: { bucket: number | bigint; status: RunStatus };
  runs: number | bigint;
}

/** The runs of a filter as 24 bars of equal time, the newest ten thousand of them; what is older says that it is not counted. */
export async function getRunHistogram(scope: WorkspaceScope, filter: RunFilter): Promise<RunHistogram> {
  const now = new Date();
  const ranges = rangesOf(filter, now);
  const since = momentIn(filter.since, now);
  const most = Math.floor(mostCounted / ranges.length);
  const to = momentIn(filter.until, now) ?? now;
  const [limits, starts] = await Promise.all([
    Promise.all(ranges.map((range) => timeOfNth(scope, range, most - 1))),
    since ? [] : Promise.all(ranges.map((range) => startOfPicture(scope, range, most, to))),
  ]);
  const limit = latest(limits);
  const from = since ?? latest([limit, earliest(starts)]) ?? new Date(now.getTime() - day);
  const width = Math.max(second, Math.ceil((to.getTime() - from.getTime()) / bucketCount));
  const countFrom = limit && limit > from ? limit : from;
  const counted = await Promise.all(
    ranges.map((range) => countRange(scope, range, { from, countFrom, width })),
  );
  const buckets = Array.from({ length: bucketCount }, (_, index) => {
    const at = from.getTime() + index * width;
    const known = at + width > countFrom.getTime();
    return { at: new Date(at).toISOString(), counts: known ? none() : null };
  });
  let total = 0;
  for (const { _id, runs } of counted.flat()) {
    const counts = buckets[Math.min(Number(_id.bucket), bucketCount - 1)]?.counts;
    if (!counts || !runStatuses.includes(_id.status)) continue;
    counts[_id.status] += Number(runs);
    total += Number(runs);
  }
  return {
    from: from.toISOString(),
    to: new Date(from.getTime() + width * bucketCount).toISOString(),
    buckets,
    total,
    countedFrom: since && limit && limit > since ? limit.toISOString() : null,
    olderLeft: since === null && (await hasOlder(scope, ranges, from)),
    asOf: now.toISOString(),
  };
}

/** When the run at this place of the list was made; null when the range is shorter. */
async function timeOfNth(scope: WorkspaceScope, range: RunRange, place: number): Promise<Date | null> {
  const [run] = await scoped(scope)
    .collection(workflowRuns)
    .find(matchOf(range), {
      projection: { createdAt: 1 },
      sort: { createdAt: -1, _id: -1 },
      skip: place,
      limit: 1,
      ...patience,
    })
    .toArray();
  return run?.createdAt ?? null;
}

/** Where the bars begin when no time was asked for: runs of years ago would press all others into the last bar. */
async function startOfPicture(
  scope: WorkspaceScope,
  range: RunRange,
  most: number,
  to: Date,
): Promise<Date | null> {
  const runs = await scoped(scope)
    .collection(workflowRuns)
    .countDocuments(matchOf(range), { limit: most, ...patience });
  if (runs === 0) return null;
  const places = sharesShown.map((share) => Math.min(runs - 1, Math.floor(runs * share)));
  const moments = await Promise.all(places.map((place) => timeOfNth(scope, range, place)));
  let start: Date | null = null;
  for (const moment of moments) {
    if (!moment) continue;
    // Within an hour all runs are of the same time.
    const shown = start && Math.max(to.getTime() - start.getTime(), hour);
    if (shown && to.getTime() - moment.getTime() > mostTimesLonger * shown)
      return new Date(to.getTime() - shown);
    start = moment;
  }
  return start;
}

async function hasOlder(scope: WorkspaceScope, ranges: RunRange[], from: Date): Promise<boolean> {
  const older = await Promise.all(
    ranges.map((range) => timeOfNth(scope, { ...range, createdAt: { ...range.createdAt, $lt: from } }, 0)),
  );
  return older.some((moment) => moment !== null);
}

interface Bars {
  from: Date;
  countFrom: Date;
  width: number;
}

function countRange(scope: WorkspaceScope, range: RunRange, { from, countFrom, width }: Bars) {
  const bucket = { $floor: { $divide: [{ $toLong: { $subtract: ["$createdAt", from] } }, width] } };
  return scoped(scope)
    .collection(workflowRuns)
    .aggregate<Counted>(
      [
        { $match: { ...range.indexed, createdAt: { ...range.createdAt, $gte: countFrom } } },
        ...(range.rest ? [{ $match: range.rest }] : []),
        { $group: { _id: { bucket, status: "$status" }, runs: { $sum: 1 } } },
      ],
      patience,
    )
    .toArray();
}

const none = (): StatusCounts => ({
  queued: 0,
  running: 0,
  cancelling: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
});

function latest(dates: (Date | null)[]): Date | null {
  return dates.reduce((last, date) => (date && (!last || date > last) ? date : last), null);
}

function earliest(dates: (Date | null)[]): Date | null {
  return dates.reduce((first, date) => (date && (!first || date < first) ? date : first), null);
}
