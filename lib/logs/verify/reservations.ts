import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { Span } from "../spans";

export interface Reservations {
  open: Span[];
  tombstones: Span[];
  /** Numbers that must have a row: all that were given out, without tombstones and without open reservations. */
  settledRows: number;
}

/** I2: the reservations cover 0 … next-1, each number once. */
export async function inspectReservations(
  scope: WorkspaceScope,
  record: LogMetadata,
  problems: string[],
): Promise<Reservations> {
  const { episodeId, nextSequenceNumber } = record;
  const result: Reservations = { open: [], tombstones: [], settledRows: 0 };
  let next = 0n;
  const all = scoped(scope).collection(logReservations).find({ episodeId }).sort({ startSequence: 1 });
  for await (const { startSequence: from, endSequence: to, state, missing = [], batchId } of all) {
    if (from !== next)
      problems.push(`The reservation of batch ${batchId} starts at ${from} instead of ${next}.`);
    next = to + 1n;
    if (state === "open") result.open.push({ from, to });
    else
      result.settledRows +=
        Number(next - from) - missing.reduce((sum, span) => sum + Number(span.to - span.from) + 1, 0);
    if (state === "tombstone") result.tombstones.push(...missing);
  }
  if (next !== nextSequenceNumber) {
    problems.push(`The next number is ${nextSequenceNumber}, but reservations reach to ${next}.`);
  }
  return result;
}
