import type { GlyphTone } from "@/components/ui/status-glyph";
import type { ArchiveAttempt, ArchiveState, ChunkState } from "@/lib/archive/schema";

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

/**
 * Of a cell in the chunk strip: pattern and height first, hue second. What is wrong is taller than the line, what is not there is
 * dashes on nothing, what is no plain chunk has a pattern of its own.
 */
export const chunkLook = {
  missing: { label: "missing", cell: "min-w-2 bg-missing-line" },
  damaged: { label: "damaged", cell: "min-w-2 bg-fail-solid -my-0.75" },
  verifying: { label: "verifying", cell: "bg-cell-verifying" },
  restoring: { label: "restoring", cell: "bg-hatch" },
  restored: { label: "restored", cell: "bg-cell-restored" },
  marked: { label: "marked for deletion", cell: "border border-line-control bg-hatch-queued" },
  overdue: { label: "overdue for a check", cell: "border border-line-control" },
  verified: { label: "verified", cell: "bg-ok-soft" },
  expired: { label: "expired", cell: "border-line-control border-y border-dashed" },
} as const satisfies Record<ChunkState, { label: string; cell: string }>;

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
  does: string;
  fill: string;
}

/** The steps in their only order; an attempt that fails has its failing step last. */
export const stepLooks: readonly StepLook[] = [
  { name: "lease", does: "take the lease", fill: "bg-line-control" },
  { name: "range", does: "find the range", fill: "bg-line-strong" },
  { name: "compress", does: "read the rows and compress them", fill: "bg-c3" },
  { name: "upload", does: "put the object", fill: "bg-c1" },
  { name: "verify", does: "read the object back and verify it", fill: "bg-c2" },
  { name: "index", does: "commit the chunk and its index", fill: "bg-c4" },
  { name: "purge", does: "delete the live rows", fill: "bg-ok-soft" },
  { name: "release", does: "release the lease", fill: "bg-c-rest" },
];

/** "S3" -> the look of the fourth step. */
export function stepLook(step: string): StepLook {
  return stepLooks[Number(step.replace(/\D/g, ""))] ?? { name: step, does: step, fill: "bg-c-rest" };
}
