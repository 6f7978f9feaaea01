import { ProgressSegments } from "@/components/ui/progress-segments";
import { formatCount } from "@/lib/format";
import type { TaskCounts } from "@/lib/runs/schema";
import { type TaskStatus, taskStatus } from "@/lib/runs/status";

/** Done first, then what failed, then what runs, then what is still to come or never will. */
const order: readonly TaskStatus[] = [
  "succeeded",
  "failed",
  "running",
  "queued",
  "pending",
  "skipped",
  "cancelled",
];

/** How far a run is: a segmented bar and "8 / 22", from the counts on the run itself. */
export function RunProgress({ counts }: { counts: TaskCounts }) {
  const total = order.reduce((sum, status) => sum + counts[status], 0);
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2.5">
      <ProgressSegments
        segments={order.map((status) => ({ ...taskStatus[status], count: counts[status] }))}
      />
      <span className="min-w-16 text-right text-text-2">
        {formatCount(counts.succeeded)} / {formatCount(total)}
      </span>
    </span>
  );
}
