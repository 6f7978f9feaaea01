import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";

/** Enough rows above the hot tail that the threshold says: archive. */
export function isAboveThreshold({
  currentLogs,
  keepHot,
  archiveThreshold,
}: Pick<LogMetadata, "currentLogs" | "keepHot" | "archiveThreshold">): boolean {
  return currentLogs - BigInt(keepHot) >= BigInt(archiveThreshold);
}
