import { median, milliseconds, percentile, timed } from "../measure";

export interface Sampled {
  ms: number;
  text: string;
}

/** Both sides by turns, so that whatever else the machine does meets both; warm, the median of thirty or more. */
export async function alternate(
  ours: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
  times = 60,
): Promise<[Sampled, Sampled]> {
  for (let n = 0; n < 5; n++) {
    await ours();
    await baseline();
  }
  const samples: [number[], number[]] = [[], []];
  for (let n = 0; n < times; n++) {
    samples[0].push((await timed(ours)).ms);
    samples[1].push((await timed(baseline)).ms);
  }
  return [sampled(samples[0]), sampled(samples[1])];
}

function sampled(samples: number[]): Sampled {
  const ms = median(samples);
  return { ms, text: `${milliseconds(ms)}, p95 ${milliseconds(percentile(samples, 0.95))}` };
}
