"use client";

import { useId } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Bucket } from "./time-buckets";

export interface Series {
  label: string;
  /** A token: "var(--ok-soft)". */
  color: string;
}

/** `name` heads the tooltip and the row of the table that stands in for the picture: "14:00 to 15:00 UTC". */
export type NamedBucket = Bucket & { name: string };

interface StackedBarsProps {
  buckets: readonly NamedBucket[];
  series: readonly Series[];
  /** One sentence: what is drawn, how many of what, which gaps. */
  label: string;
  height?: number;
}

interface Datum {
  at: string;
  bucket: NamedBucket;
  gap: number;
}

/** Bars over time, stacked. A bucket without values is hatched over the whole height: missing is a gap, never zero. */
export function StackedBars({ buckets, series, label, height = 96 }: StackedBarsProps) {
  const hatch = useId();
  const tallest = Math.max(
    1,
    ...buckets.map(({ values }) => values?.reduce((sum, value) => sum + value, 0) ?? 0),
  );
  const data: Datum[] = buckets.map((bucket) => ({
    at: bucket.at,
    bucket,
    gap: bucket.values ? 0 : tallest,
  }));
  return (
    <>
      <div aria-hidden="true" style={{ height }}>
        <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 416, height }}>
          <BarChart
            data={data}
            margin={{ top: 1, right: 0, bottom: 0, left: 0 }}
            barCategoryGap={buckets.length > 60 ? 1 : "8%"}
            accessibilityLayer={false}
          >
            <defs>
              <pattern
                id={hatch}
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <path d="M0 0V5" stroke="var(--line-strong)" strokeWidth="1" />
              </pattern>
            </defs>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="at" hide />
            <YAxis hide domain={[0, tallest]} ticks={[0, tallest / 2, tallest]} />
            <Tooltip
              cursor={{ fill: "var(--hover)" }}
              isAnimationActive={false}
              wrapperStyle={{ zIndex: 10 }}
              content={({ active, payload }) => {
                const bucket = active ? bucketOf(payload[0]?.payload) : null;
                return bucket && <BucketTooltip bucket={bucket} series={series} />;
              }}
            />
            {series.map(({ label: name, color }, at) => (
              <Bar
                key={name}
                dataKey={(datum: Datum) => datum.bucket.values?.[at] ?? 0}
                name={name}
                stackId="all"
                fill={color}
                isAnimationActive={false}
              />
            ))}
            <Bar dataKey="gap" stackId="all" fill={`url(#${hatch})`} isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <BucketTable buckets={buckets} series={series} label={label} />
    </>
  );
}

function bucketOf(datum: unknown): NamedBucket | null {
  if (typeof datum !== "object" || datum === null || !("bucket" in datum)) return null;
  return isBucket(datum.bucket) ? datum.bucket : null;
}

function isBucket(value: unknown): value is NamedBucket {
  return typeof value === "object" && value !== null && "name" in value && "values" in value;
}

function BucketTooltip({ bucket, series }: { bucket: NamedBucket; series: readonly Series[] }) {
  return (
    <div className="rounded-2 bg-raised px-2 py-1 text-12 shadow-overlay">
      <div className="text-text-3">{bucket.name}</div>
      {bucket.values
        ? series.map(({ label, color }, at) => (
            <div key={label} className="flex items-center gap-1.5">
              <span className="size-2 rounded-[2px]" style={{ background: color }} />
              {label}
              <span className="ml-auto pl-3 font-medium">{bucket.values?.[at] ?? 0}</span>
            </div>
          ))
        : "Nothing is known of this time."}
    </div>
  );
}

/** The same numbers for those who do not see the picture; the picture itself is silent. */
function BucketTable({ buckets, series, label }: StackedBarsProps) {
  return (
    // A table is as wide as its words whatever its class says; only a box around it keeps the page from growing.
    <div className="sr-only">
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map((one) => (
              <th key={one.label} scope="col">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket) => (
            <tr key={bucket.at}>
              <th scope="row">{bucket.name}</th>
              {series.map((one, at) => (
                <td key={one.label}>{bucket.values ? bucket.values[at] : "unknown"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
