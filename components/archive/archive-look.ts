import type { GlyphTone } from "@/components/ui/status-glyph";
import type { ArchiveAttempt, ArchiveChunk, ArchiveState } from "@/lib/archive/schema";

interface Look {
  label: string;
  tone: GlyphTone;
}

export const stateLook = {
  damaged: { label: "Damaged", tone: "fail" },
  overdue: { label: "Overdue", tone: "warn" },
  archiving: { label: "Archiving", tone: "run" },
  live: { label: "Live", tone: "off" },
  verified: { label: "Verified", tone: "ok" },
} as const satisfies Record<ArchiveState, Look>;

/** Of a cell in the chunk strip: hue and pattern, and a height of its own for what is wrong. */
export const chunkLook = {
  verified: { label: "verified", cell: "bg-ok-soft" },
  damaged: { label: "damaged", cell: "bg-fail-solid -my-0.75 min-w-2" },
  missing: {
    label: "missing",
    cell: "min-w-2 [background:var(--missing)_0_50%/100%_2px_no-repeat]",
  },
} as const satisfies Record<ArchiveChunk["state"], { label: string; cell: string }>;

export const outcomeLook = {
  running: { label: "running", tone: "run" },
  archived: { label: "archived", tone: "ok" },
  nothing_to_do: { label: "nothing to do", tone: "off" },
  failed: { label: "failed", tone: "fail" },
} as const satisfies Record<ArchiveAttempt["outcome"], Look>;

export const triggerWords = {
  threshold: "above the threshold",
  age: "old enough",
  ended: "episode ended",
  on_demand: "asked for",
} as const satisfies Record<ArchiveAttempt["trigger"], string>;

interface StepLook {
  name: string;
  fill: string;
}

/** The steps in their only order; an attempt that fails has its failing step last. */
export const stepLooks: readonly StepLook[] = [
  { name: "take the lease", fill: "bg-line-control" },
  { name: "find the range", fill: "bg-c-rest" },
  { name: "read and compress", fill: "bg-c3" },
  { name: "upload", fill: "bg-c1" },
  { name: "verify", fill: "bg-c2" },
  { name: "commit", fill: "bg-c4" },
  { name: "delete live rows", fill: "bg-ok-soft" },
  { name: "release", fill: "bg-text-3" },
];

/** "S3" -> the look of the fourth step. */
export function stepLook(step: string): StepLook {
  return stepLooks[Number(step.replace(/\D/g, ""))] ?? { name: step, fill: "bg-c-rest" };
}
