import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import type { ArchiveOptions } from "./archiver";
import { isAboveThreshold } from "./threshold";

/** What an archiver should do with an episode now; null when nothing. The query of the worker says the same to MongoDB. */
export function dueFor(
  record: LogMetadata,
  now: Date,
): Pick<ArchiveOptions, "trigger" | "everything"> | null {
  if (record.archiveLease && record.archiveLease.expiresAt > now) return null;
  if (record.archiveRequest) return { trigger: "on_demand", everything: record.archiveRequest.everything };
  if (record.ended && record.currentLogs > 0n) return { trigger: "ended", everything: true };
  // An expired lease is an attempt that was cut short; a pass clears up behind it.
  return isAboveThreshold(record) || record.archiveLease ? { trigger: "threshold" } : null;
}
