export interface Bucket {
  /** Start, ISO. */
  at: string;
  /** One number per series; null when nothing is known of this time: a gap, never a zero. */
  values: readonly number[] | null;
}

export interface SeriesPoint {
  at: string;
  values: readonly number[];
}

/**
 * Points of a time series as equal buckets of a window that ends with the bucket of `end`. Several points of a bucket add up; a bucket
 * without any point stays unknown.
 */
export function timeBuckets(
  points: readonly SeriesPoint[],
  end: string,
  bucketMs: number,
  count: number,
): Bucket[] {
  const lastStart = Math.floor(Date.parse(end) / bucketMs) * bucketMs;
  const firstStart = lastStart - (count - 1) * bucketMs;
  const sums: (number[] | null)[] = Array.from({ length: count }, () => null);
  for (const point of points) {
    const at = Math.floor((Date.parse(point.at) - firstStart) / bucketMs);
    if (at < 0 || at >= count) continue;
    const before = sums[at];
    sums[at] = point.values.map((value, series) => value + (before?.[series] ?? 0));
  }
  return sums.map((values, index) => ({ at: new Date(firstStart + index * bucketMs).toISOString(), values }));
}

/** The runs of neighbouring unknown buckets, as "21:00" or "21:00 to 23:00" can name them. */
export function gapsOf(buckets: readonly Bucket[]): { from: string; to: string }[] {
  const gaps: { from: string; to: string }[] = [];
  buckets.forEach((bucket, index) => {
    if (bucket.values) return;
    const open = index > 0 && !buckets[index - 1]?.values ? gaps.at(-1) : undefined;
    if (open) open.to = bucket.at;
    else gaps.push({ from: bucket.at, to: bucket.at });
  });
  return gaps;
}
