import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type HourCount, hourMs, hoursOfWindow, totalsByStatus } from "./hours";
import type { HomeFigures } from "./schema";

const patience = { maxTimeMS: 5_000 };

/** Figures of the runs made in the last day or week, from run documents by index: two numbers a run and nothing else. */
export async function getHomeFigures(scope: WorkspaceScope, windowHours: 24 | 168): Promise<HomeFigures> {
  const now = new Date();
  const hours = hoursOfWindow(now, windowHours);
  const since = hours[0] ?? now;
  const runs = scoped(scope).collection(workflowRuns);
  const [counts, durations] = await Promise.all([
    runs
      .aggregate<HourCount>(
        [
          { $match: { createdAt: { $gte: since } } },
          { $group: { _id: { hour: hourOf("$createdAt", since), status: "$status" }, runs: { $sum: 1 } } },
          { $project: { _id: 0, hour: "$_id.hour", status: "$_id.status", runs: 1 } },
        ],
        patience,
      )
      .toArray(),
    runs
      .aggregate<{ percentiles: (number | null)[] }>(
        [
          { $match: { status: "succeeded", createdAt: { $gte: since } } },
          { $group: { _id: null, percentiles: percentilesOf("$durationMs", [0.5, 0.95]) } },
        ],
        patience,
      )
      .toArray(),
  ]);
  const [p50, p95] = durations[0]?.percentiles ?? [];
  return {
    windowHours,
    byStatus: totalsByStatus(counts),
    hours: hours.map((at, index) => {
      const inHour = counts.filter((count) => Number(count.hour) === index);
      const { succeeded, failed, ...others } = totalsByStatus(inHour);
      const other = Object.values(others).reduce((sum, runs) => sum + runs, 0);
      return { at: at.toISOString(), succeeded, failed, other };
    }),
    durationP50Ms: p50 ?? null,
    durationP95Ms: p95 ?? null,
    asOf: now.toISOString(),
  };
}

const hourOf = (field: string, since: Date) => ({
  $floor: { $divide: [{ $toLong: { $subtract: [field, since] } }, hourMs] },
});

const percentilesOf = (input: string, p: number[]) => ({ $percentile: { input, p, method: "approximate" } });
