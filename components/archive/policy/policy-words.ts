import type { Archiving } from "@/lib/archive/policy/schema";
import { formatCount, formatDuration, formatPlural } from "@/lib/format";
import { hour } from "@/lib/time";

/** "50,000 rows" · "1 d 00 h": the settings of an episode as people say them. */
export function archivingWords({ archiveThreshold, chunkSize, keepHot, archiveAfterHours }: Archiving) {
  return {
    threshold: `${formatCount(archiveThreshold)} rows above the hot tail`,
    chunk: `at most ${formatCount(chunkSize)} rows`,
    tail: keepHot === 0 ? "none, everything is archived" : `the newest ${formatCount(keepHot)} rows`,
    age: ageWords(archiveAfterHours),
  };
}

function ageWords(hours: number): string {
  if (hours % 24 === 0) return formatPlural(hours / 24, "day");
  return Number.isInteger(hours) ? formatPlural(hours, "hour") : formatDuration(hours * hour);
}

/** "kept for ever" · "kept for 180 days, then marked, and deleted 1 day later unless that is undone". */
export function retentionWords(retention: { days: number; undoHours: number } | null): string {
  if (!retention) return "kept for ever";
  const { days, undoHours } = retention;
  return `kept for ${formatPlural(days, "day")}, then marked, and deleted ${ageWords(undoHours)} later unless that is undone`;
}
