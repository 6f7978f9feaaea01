import { formatBytes, formatPercent, formatPlural } from "@/lib/format";
import type { ExportJob } from "@/lib/logs/export/jobs/schema";
import { shareDone } from "./share-done";

/** Rows and bytes so far; a share only where the number of rows is known. */
export function ExportProgress({ job }: { job: ExportJob }) {
  const share = shareDone(job);
  const { expectedRows, expectedExact, rowsWritten, bytesWritten } = job;
  const expected = `${expectedExact ? "" : "at most "}${formatPlural(expectedRows, "row")}`;
  return (
    <div className="mt-1 pl-5">
      {share !== null && (
        <div
          role="progressbar"
          aria-label={`Progress of ${job.fileName}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.floor(share * 100)}
          className="h-1 overflow-hidden rounded-full bg-active"
        >
          <div className="h-full bg-run-solid" style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <p className="mt-1 text-12 text-text-2" aria-live="off">
        {job.state === "queued"
          ? `${expected}. This page may be left.`
          : `${formatPlural(rowsWritten, "row")}, ${formatBytes(bytesWritten)} of ${expected}${share === null ? "" : `, ${formatPercent(share)}`}`}
      </p>
    </div>
  );
}
