import { Legend } from "@/components/charts/legend";
import { StackedBars } from "@/components/charts/stacked-bars";
import { gapsOf, timeBuckets } from "@/components/charts/time-buckets";
import { Panel } from "@/components/ui/panel";
import type { Settled } from "@/lib/auth/settle";
import { formatHourMinute, formatPlural } from "@/lib/format";
import type { HomeFigures } from "@/lib/runs/schema";
import { hour } from "@/lib/time";
import { bucketName, bucketStart, type HomeWindow, homeWindow } from "./home-window";
import { RegionFailed } from "./region-failed";

const series = [
  { label: "succeeded", color: "var(--ok-soft)" },
  { label: "failed", color: "var(--fail-solid)" },
  { label: "other", color: "var(--line-strong)" },
];

interface RunsByHourProps {
  figures: Promise<Settled<HomeFigures>>;
  window: HomeWindow;
}

export async function RunsByHour({ figures, window }: RunsByHourProps) {
  const read = await figures;
  const { chartTitle, bucketMs, hours } = homeWindow[window];
  if (!read.ok) {
    return (
      <Panel title={chartTitle}>
        <RegionFailed title="Runs cannot be counted" requestId={read.requestId} />
      </Panel>
    );
  }
  const points = read.value.hours.map(({ at, succeeded, failed, other }) => ({
    at,
    values: [succeeded, failed, other],
  }));
  const buckets = timeBuckets(points, read.value.asOf, bucketMs, (hours * hour) / bucketMs);
  const gaps = gapsOf(buckets);
  const total = points.reduce((sum, { values }) => sum + values.reduce((a, b) => a + b, 0), 0);
  const [first, middle] = [buckets.at(0), buckets[Math.floor(buckets.length / 2)]];
  return (
    <Panel title={chartTitle} aside={<Legend series={series} />}>
      <div className="pt-3.5">
        <StackedBars
          buckets={buckets.map((bucket) => ({ ...bucket, name: bucketName(bucket.at, window) }))}
          series={series}
          label={`${chartTitle}: ${formatPlural(total, "run")} in ${homeWindow[window].words}${gaps.length > 0 ? `, ${formatPlural(gaps.length, "gap")}` : ""}`}
        />
      </div>
      <div aria-hidden="true" className="mt-1 flex justify-between text-11 text-text-3">
        <span>{first && bucketStart(first.at, window)}</span>
        <span>
          {gaps[0]
            ? `${formatHourMinute(gaps[0].from)}, not counted`
            : middle && bucketStart(middle.at, window)}
        </span>
        <span>now, UTC</span>
      </div>
    </Panel>
  );
}
