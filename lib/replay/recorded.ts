import type { RunDetail } from "@/lib/runs/schema";

const recordings = new Set<unknown>(["wfformat", "replay"]);

/** Whether a run was executed elsewhere and read from a file, or is a replay of such a one: nobody here can do its work again. */
export function isRecorded({ summary }: Pick<RunDetail, "summary">): boolean {
  return recordings.has(summary.source);
}
