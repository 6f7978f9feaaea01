import { minute, second } from "@/lib/time";
import type { HealthState } from "./schema";

/** Longer than its longest pause: what is heard of less often has stopped. */
export const silentAfterMs = {
  // Every 10 s; a round that failed is tried again after a minute at most.
  canary: 3 * minute,
  // Every 15 s.
  worker: minute,
  // Every 15 s, and up to 10 s for an answer.
  probe: 2 * minute,
} as const;

/** What fails and is silent is silent: its failure may be over, and nobody knows. */
export function judgeHealth(
  what: keyof typeof silentAfterMs,
  { heardAt, failing }: { heardAt: Date | null; failing: boolean },
  now: Date,
): HealthState {
  if (heardAt === null) return failing ? "failing" : "off";
  if (now.getTime() - heardAt.getTime() > silentAfterMs[what]) return "silent";
  return failing ? "failing" : "ok";
}

/** Failed requests since this many hours ago are what the figure shows. */
export const storeErrorHours = 24;

/** The full hour that a moment lies in. */
export const hourOf = (moment: Date) =>
  new Date(Math.floor(moment.getTime() / (3_600 * second)) * 3_600 * second);
