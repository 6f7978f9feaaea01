import "server-only";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import type { LogReservation } from "@/lib/mongo/collections/log-episodes";
import { newObjectId } from "@/lib/mongo/object-id";
import type { ParsedEntry } from "./parse-line";

const day = 86_400_000;
const oldest = Date.UTC(1990, 0, 1);

/** The `index`-th entry of a batch as a document. The same batch gives the same documents, whenever it is sent. */
export function toLogEntry(entry: ParsedEntry, reservation: LogReservation, index: number): LogEntry {
  // Not "now": a retry must write what the first sender would have written.
  const receivedAt = reservation.createdAt;
  const timestamp = entry.timestamp ?? receivedAt;
  const absurd = timestamp.getTime() < oldest || timestamp.getTime() > receivedAt.getTime() + day;
  const flags = absurd ? [...entry.flags, "timestamp_absurd"] : entry.flags;
  return {
    _id: newObjectId(),
    workspaceId: reservation.workspaceId,
    episodeId: reservation.episodeId,
    timestamp,
    level: entry.level,
    message: entry.message,
    ...(entry.metadata && { metadata: entry.metadata }),
    sequenceNumber: reservation.startSequence + BigInt(index),
    createdAt: receivedAt,
    ...(entry.raw !== undefined && { raw: entry.raw }),
    ...(flags.length > 0 && { flags }),
  };
}
