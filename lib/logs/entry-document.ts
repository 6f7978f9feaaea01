import "server-only";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import type { LogReservation } from "@/lib/mongo/collections/log-episodes";
import { documentSize } from "@/lib/mongo/document-size";
import { newObjectId } from "@/lib/mongo/object-id";
import { toJsonText } from "./json-write";
import type { ParsedEntry } from "./parse-line";

const day = 86_400_000;
const oldest = Date.UTC(1990, 0, 1);
/** A document ends at 16 MB; one this large keeps its metadata as text alone. */
const mostDocumentBytes = 12 * 1024 * 1024;
/** An element of an array takes two bytes as text and up to fourteen in a document: shorter lines need no look. */
const longLine = 1024 * 1024;

type Place = Pick<LogReservation, "workspaceId" | "episodeId" | "startSequence" | "createdAt">;

/**
 * The entries of a batch as documents. The same batch gives the same documents, whenever it is sent: what is flagged
 * depends on the batch alone.
 */
export function toLogEntries(entries: readonly ParsedEntry[], place: Place): LogEntry[] {
  let latest = Number.NEGATIVE_INFINITY;
  return entries.map((entry, index) => {
    const flags = [...entry.flags];
    if (entry.timestamp && isAbsurd(entry.timestamp, place.createdAt)) flags.push("timestamp_absurd");
    else if (entry.timestamp) {
      // Entries keep the order they came in. One absurd time would make all that follow look late, so it does not count.
      if (entry.timestamp.getTime() < latest) flags.push("timestamp_out_of_order");
      latest = Math.max(latest, entry.timestamp.getTime());
    }
    return toLogEntry(entry, place, index, flags);
  });
}

function toLogEntry(entry: ParsedEntry, place: Place, index: number, flags: string[]): LogEntry {
  // Not "now": a retry must write what the first sender would have written.
  const receivedAt = place.createdAt;
  const document: LogEntry = {
    _id: newObjectId(),
    workspaceId: place.workspaceId,
    episodeId: place.episodeId,
    timestamp: entry.timestamp ?? receivedAt,
    level: entry.level,
    message: entry.message,
    sequenceNumber: place.startSequence + BigInt(index),
    createdAt: receivedAt,
  };
  if (entry.metadata) document.metadata = entry.metadata;
  if (entry.raw !== undefined) document.raw = entry.raw;
  if (flags.length > 0) document.flags = flags;
  const swollen = entry.line.length > longLine && documentSize(document) > mostDocumentBytes;
  return swollen ? withMetadataAsText(document) : document;
}

/** Readers get the same from `raw`. */
function withMetadataAsText({ metadata, ...document }: LogEntry): LogEntry {
  const text = `{"message":${JSON.stringify(document.message)},"metadata":${toJsonText(metadata ?? {})}}`;
  return { ...document, raw: document.raw ?? text };
}

function isAbsurd(timestamp: Date, receivedAt: Date): boolean {
  return timestamp.getTime() < oldest || timestamp.getTime() > receivedAt.getTime() + day;
}
