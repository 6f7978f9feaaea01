import type { ArchiveTotals } from "@/lib/archive/schema";
import { formatPlural } from "@/lib/format";
import type { AttentionItem } from "@/lib/runs/schema";

/** What the archive asks of a person: copies that are not proven, and attempts that failed. */
export function archiveAttention(totals: ArchiveTotals, slug: string): AttentionItem[] {
  const common = {
    kind: "archive",
    subject: "Archive",
    at: totals.asOf,
    href: `/w/${slug}/archive`,
  } as const;
  const items: AttentionItem[] = [];
  const unproven = totals.chunks - totals.verifiedChunks;
  if (unproven > 0) {
    items.push({
      ...common,
      sentence: `${formatPlural(unproven, "chunk is", "chunks are")} not readable as written`,
      consequence: "rows are missing",
      action: "Open chunks",
    });
  }
  if (totals.failedAttempts24h > 0) {
    items.push({
      ...common,
      sentence: `${formatPlural(totals.failedAttempts24h, "attempt")} to archive failed in the last 24 hours`,
      consequence: "rows stay live",
      action: "Open attempts",
    });
  }
  return items;
}
