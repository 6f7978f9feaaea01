import { day } from "@/lib/time";

/** How often every chunk is read again: a damage is known after that time at the latest, also where nobody reads. */
export const scrubEveryMs = 7 * day;

/** The scrubber comes to a chunk within minutes of its turn. One that waited a day longer has been passed by. */
export const overdueAfterMs = scrubEveryMs + day;

/** `checkedAt` of a chunk that somebody asked to have read now (scrub/due.ts). */
export const askedToVerify = new Date(0);

/** A figure that has reached this is "or more": nobody acts differently on the exact count of so many. */
export const mostOverdueCounted = 10_000;

/** When somebody last looked at the chunk with whatever result. */
export function lookedAt({ checkedAt, verifiedAt }: { checkedAt?: Date; verifiedAt: Date }): Date {
  return checkedAt && checkedAt > askedToVerify ? checkedAt : verifiedAt;
}

/** Chunks that nobody looked at for too long; those that somebody asked for are about to be looked at. */
export function overdueFilter(now: Date) {
  const before = new Date(now.getTime() - overdueAfterMs);
  return {
    $or: [
      { checkedAt: { $gt: askedToVerify, $lt: before } },
      { checkedAt: { $exists: false }, verifiedAt: { $lt: before } },
    ],
  };
}
