import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { describeFailure } from "../../describe-failure";

const bars = Array.from({ length: 68 }, (_, bar) => ({ bar, height: 20 + ((bar * 29) % 47) }));

export function HistogramLoading() {
  return (
    <div aria-busy="true" className="flex h-18 items-end gap-px border-line border-b max-md:h-14">
      <span className="sr-only">Counting rows by time</span>
      {bars.map(({ bar, height }) => (
        <span key={bar} className="grow bg-hover" style={{ height: `${height}%` }} />
      ))}
    </div>
  );
}

export function NoBars({ ended }: { ended: boolean }) {
  return (
    <div className="flex h-18 items-end border-line border-b max-md:h-14">
      <p className="pb-2 text-12 text-text-3">
        {ended ? "No rows, so nothing to draw over time." : "Bars appear here with the first rows."}
      </p>
    </div>
  );
}

interface HistogramFailedProps {
  error: Error;
  retrying: boolean;
  onRetry: () => void;
}

/** The rows beneath are read by themselves: they may well be there. */
export function HistogramFailed({ error, retrying, onRetry }: HistogramFailedProps) {
  return (
    <div role="alert" className="flex h-18 items-center gap-2 border-line border-b max-md:h-14">
      <StatusGlyph tone="fail" />
      <span className="min-w-0 text-12">
        <b className="font-semibold text-fail-text">Rows cannot be counted by time.</b>{" "}
        {describeFailure(error)}
      </span>
      <Button size="sm" onClick={onRetry} disabled={retrying} className="ml-2">
        {retrying ? "Trying again" : "Try again"}
      </Button>
    </div>
  );
}
