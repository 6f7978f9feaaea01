import type { GlyphShape, GlyphTone } from "@/components/ui/status-glyph";
import { formatPlural } from "@/lib/format";
import { type BulkItemState, type BulkJobState, bulkKind } from "@/lib/runs/bulk/kinds";
import type { BulkJobRow } from "@/lib/runs/bulk/schema";

interface Words {
  label: string;
  tone: GlyphTone;
  shape: GlyphShape;
}

export const jobState: Record<BulkJobState, Words> = {
  listing: { label: "Listing", tone: "run", shape: "turning" },
  acting: { label: "Working", tone: "run", shape: "turning" },
  done: { label: "Done", tone: "ok", shape: "check" },
  aborted: { label: "Stopped", tone: "off", shape: "stopped" },
  stopped: { label: "Refused", tone: "fail", shape: "cross" },
};

/** Outcomes in the order in which they are shown; what an act is called comes from its kind. */
export function itemState(state: BulkItemState, { kind }: Pick<BulkJobRow, "kind">): Words {
  const done = bulkKind[kind].done;
  const words: Record<BulkItemState, Words> = {
    acted: { label: done.slice(0, 1).toUpperCase() + done.slice(1), tone: "ok", shape: "check" },
    over: { label: "Left alone", tone: "off", shape: "skipped" },
    refused: { label: "Refused", tone: "warn", shape: "warning" },
    failed: { label: "Failed", tone: "fail", shape: "cross" },
    begun: { label: "In work", tone: "run", shape: "turning" },
    waiting: { label: "Waits", tone: "off", shape: "ring" },
    left: { label: "Not done", tone: "off", shape: "stopped" },
  };
  return words[state];
}

export const outcomeOrder: readonly BulkItemState[] = [
  "acted",
  "over",
  "refused",
  "failed",
  "begun",
  "waiting",
  "left",
];

export function jobTitle(job: Pick<BulkJobRow, "kind" | "itemCount" | "expectedCount" | "state">): string {
  const runs = job.state === "listing" ? job.expectedCount : job.itemCount;
  return `${bulkKind[job.kind].name}, ${formatPlural(runs, "run")}`;
}

/** How far a job is, in one sentence. */
export function jobSentence({ kind, counts, state }: BulkJobRow): string {
  if (state === "listing") return "Its runs are being listed. Nothing has been done so far.";
  const parts = [
    `${counts.acted} ${bulkKind[kind].done}`,
    counts.over > 0 && `${counts.over} left alone`,
    counts.refused > 0 && `${counts.refused} refused`,
    counts.failed > 0 && `${counts.failed} failed`,
    counts.left > 0 && `${counts.left} not done`,
    counts.waiting + counts.begun > 0 && `${counts.waiting + counts.begun} to go`,
  ];
  return parts.filter(Boolean).join(", ");
}
