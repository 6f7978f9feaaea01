import { StatusGlyph } from "@/components/ui/status-glyph";
import { formatBytes, formatPlural } from "@/lib/format";

interface EstimateLineProps {
  estimate: { rows: number; exact: boolean; bytes: number } | undefined;
  error: Error | null;
  reading: boolean;
  /** What is chosen can be asked for. */
  asked: boolean;
}

/** From counters, before anything is read. */
export function EstimateLine({ estimate, error, reading, asked }: EstimateLineProps) {
  if (!asked) return <p className="pt-1 text-text-3">as soon as the choice above is complete</p>;
  if (error)
    return (
      <p role="alert" className="flex items-center gap-1.5 pt-1 text-12 text-fail-text">
        <StatusGlyph tone="fail" />
        {error.message}
      </p>
    );
  if (!estimate) return <p className="pt-1 text-text-3">{reading ? "counting" : ""}</p>;
  return (
    <div className="pt-1" aria-live="polite">
      <p>
        <b className="font-medium">
          {estimate.exact ? "" : "at most "}
          {formatPlural(estimate.rows, "row")}
        </b>
        <span className="text-text-2">, about {formatBytes(estimate.bytes)}</span>
      </p>
      <p className="mt-0.5 text-12 text-text-3">
        {estimate.exact
          ? "The file ends with a line that proves it: rows, first and last number, SHA-256."
          : "How many the filter keeps is known when they were read; the file ends with a line that says it."}
      </p>
    </div>
  );
}
