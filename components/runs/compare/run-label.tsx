import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatDate, formatHourMinute, shortenId } from "@/lib/format";
import type { RunChoice } from "@/lib/runs/compare/schema";
import { runStatus } from "@/lib/runs/status";

/** Which run: how it ended, its id, and when it was. */
export function RunLabel({ run }: { run: RunChoice }) {
  const { tone, shape, label } = runStatus[run.status];
  return (
    <span className="flex min-w-0 items-center gap-1.5 whitespace-nowrap">
      <StatusGlyph tone={tone} shape={shape} />
      <span className="font-medium">{label}</span>
      <span className="mono max-md:hidden">{shortenId(run.id, 8, 4)}</span>
      <span className="truncate text-12 text-text-3">
        v{run.versionNumber}, {formatDate(run.createdAt)} {formatHourMinute(run.createdAt)} UTC
      </span>
    </span>
  );
}
