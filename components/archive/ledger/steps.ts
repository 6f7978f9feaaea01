import type { ArchiveAttempt } from "@/lib/archive/schema";

/** What the steps of an attempt took together. */
export function spentOn({ steps }: Pick<ArchiveAttempt, "steps">): number {
  return steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** The step that an attempt is at: the one behind the last that ended. */
export function stepUnderWay({ steps, outcome }: ArchiveAttempt): string | null {
  if (outcome !== "running") return null;
  const last = steps.at(-1);
  return last ? `S${Number(last.step.replace(/\D/g, "")) + 1}` : "S0";
}
