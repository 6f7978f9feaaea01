import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatCount, formatPlural } from "@/lib/format";
import type { ExportJob, ExportResult as Result } from "@/lib/logs/export/jobs/schema";
import { HashLine } from "./hash-line";

const gapsShown = 3;

/** What the file holds, what it does not, and how that is checked without us. */
export function ExportResult({ job, result }: { job: ExportJob; result: Result }) {
  const { rows, first, last, gapCount, gaps, numbersInGaps, sha256 } = result;
  return (
    <div className="pl-5">
      <p className="text-12">
        <b className="font-medium" data-rows={rows}>
          {formatPlural(Number(rows), "row")}
        </b>
        {first !== null && last !== null && `, numbers ${formatCount(first)} to ${formatCount(last)}`}
        {gapCount === 0 && ", nothing missing"}
      </p>
      {gapCount > 0 && (
        <p className="flex items-start gap-1.5 text-12 text-warn-text">
          <StatusGlyph tone="warn" className="mt-1" />
          <span>
            {formatPlural(gapCount, "stretch", "stretches")} without readable rows,{" "}
            {formatPlural(Number(numbersInGaps), "number")}:{" "}
            {gaps
              .slice(0, gapsShown)
              .map(
                ({ from, to, reason }) =>
                  `${formatCount(from)}–${formatCount(to)} ${reason.replaceAll("_", " ")}`,
              )
              .join(", ")}
            {gapCount > gapsShown && " …"}
          </span>
        </p>
      )}
      <HashLine
        sha256={sha256}
        command={`echo "${sha256}  ${job.fileName}" | sha256sum -c`}
        what="of the whole file"
      />
    </div>
  );
}
