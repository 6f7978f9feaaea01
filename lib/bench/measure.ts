/** Milliseconds that `work` takes, and what it gave. */
export async function timed<T>(work: () => Promise<T> | T): Promise<{ ms: number; value: T }> {
  const since = performance.now();
  const value = await work();
  return { ms: performance.now() - since, value };
}

/** Processor time that this process used meanwhile, on all its threads, in milliseconds. */
export async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The value below which `share` (0 to 1) of the samples lie; the nearest rank, so it is one that was measured. */
export function percentile(samples: number[], share: number): number {
  if (samples.length === 0) throw new Error("There are no samples.");
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[rank] ?? 0;
}

export const median = (samples: number[]): number => percentile(samples, 0.5);

export const perSecond = (count: number, ms: number): string =>
  `${Math.round(count / (ms / 1000)).toLocaleString("en")} rows/s`;

export const milliseconds = (ms: number): string =>
  `${ms.toLocaleString("en", { maximumFractionDigits: ms < 10 ? 2 : 0 })} ms`;

export const megabytesPerSecond = (bytes: number, ms: number): string =>
  `${(bytes / 1e6 / (ms / 1000)).toLocaleString("en", { maximumFractionDigits: 1 })} MB/s`;
