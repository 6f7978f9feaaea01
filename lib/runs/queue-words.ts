import { formatCount, formatPlural } from "@/lib/format";
import type { QueuePlace } from "./waiting-schema";

/** Why a queued task does not run yet: "3rd in the queue. All 16 places of 2 workers are taken." */
export function queueWords(
  { ahead, more, workers, slots, running }: QueuePlace,
  executor: string,
): string | null {
  if (ahead === null) return null;
  const place = more
    ? `Queued behind more than ${formatCount(ahead)} others`
    : ahead === 0
      ? "Queued, next in line"
      : `Queued ${ordinal(ahead + 1)}`;
  if (workers === 0)
    return executor === "external"
      ? `${place}; no external worker has asked for work in the last minute.`
      : `${place}; no worker that is alive serves ${executor}.`;
  const places = `${formatPlural(slots, "place")} of ${formatPlural(workers, "worker")}`;
  return running >= slots ? `${place}; all ${places} are taken.` : `${place}; ${places} serve ${executor}.`;
}

/** 1 -> "1st", 12 -> "12th", 23 -> "23rd". */
export function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${formatCount(number)}${ending}`;
}
