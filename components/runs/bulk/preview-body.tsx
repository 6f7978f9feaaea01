import { Note } from "@/components/archive/acts/act-form";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Time } from "@/components/ui/time";
import { formatClock, formatCount, formatPlural, shortenId } from "@/lib/format";
import { type BulkKind, bulkKind, mostRuns } from "@/lib/runs/bulk/kinds";
import type { BulkPreview } from "@/lib/runs/bulk/schema";
import { runStatus, runStatuses } from "@/lib/runs/status";

interface PreviewBodyProps {
  kind: BulkKind;
  preview: BulkPreview;
  byFilter: boolean;
}

/** Exact counts by status, which of them are touched, and some of these by name. */
export function PreviewBody({ kind, preview, byFilter }: PreviewBodyProps) {
  const { byStatus, total, sample, tooMany, frozenAt } = preview;
  const { actsOn, leaves } = bulkKind[kind];
  const statuses = runStatuses.filter((status) => byStatus[status] > 0);
  const touched = actsOn.reduce((sum, status) => sum + byStatus[status], 0);
  if (tooMany) {
    return (
      <Note tone="warn">
        More than {formatCount(mostRuns)} runs match. Narrow the filter by time or workflow, and do it in
        parts.
      </Note>
    );
  }
  return (
    <>
      <table className="w-full border-collapse" aria-label="What happens to which runs">
        <thead className="sr-only">
          <tr>
            <th scope="col">Status</th>
            <th scope="col">What happens</th>
            <th scope="col">Runs</th>
          </tr>
        </thead>
        <tbody>
          {statuses.map((status) => {
            const acts = actsOn.includes(status);
            return (
              <tr key={status} className="h-8 border-line border-b first:border-t">
                <th scope="row" className="w-40 text-left font-medium">
                  <span className="inline-flex items-center gap-2">
                    <StatusGlyph tone={runStatus[status].tone} shape={runStatus[status].shape} />
                    {runStatus[status].label}
                  </span>
                </th>
                <td className={acts ? undefined : "text-text-3"}>
                  {acts ? bulkKind[kind].name.toLowerCase() : `left alone, ${leaves}`}
                </td>
                <td className={acts ? "text-right font-semibold" : "text-right text-text-3"}>
                  {formatCount(byStatus[status])}
                </td>
              </tr>
            );
          })}
          {total === 0 && (
            <tr className="h-8 border-line border-y text-text-3">
              <td colSpan={3}>No run matches any more.</td>
            </tr>
          )}
        </tbody>
      </table>
      {sample.length > 0 && (
        <>
          <h3 className="eyebrow mt-4 mb-1">
            {touched > sample.length ? `The newest ${sample.length} of ${formatCount(touched)}` : "These"}
          </h3>
          <ul>
            {sample.map((run) => (
              <li key={run.id} className="flex h-7 items-center gap-2 border-line border-b">
                <StatusGlyph tone={runStatus[run.status].tone} shape={runStatus[run.status].shape} />
                <span className="min-w-0 truncate">{run.workflowName}</span>
                <span className="mono shrink-0 text-text-3">{shortenId(run.id)}</span>
                <span className="ml-auto shrink-0 text-text-3">
                  <Time at={run.createdAt} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-3 text-12 text-text-3">
        Counted at {formatClock(frozenAt)} UTC.
        {byFilter && " The filter is frozen there: runs made later are none of it."} It goes on as a job that
        can be stopped; each run is acted on at most once.{" "}
        {total - touched > 0 && `${formatPlural(total - touched, "run")} will be left alone.`}
      </p>
    </>
  );
}
