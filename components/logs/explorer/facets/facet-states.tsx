"use client";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { describeFailure } from "../../describe-failure";

/** Rows of the height that values will have. */
export function FacetSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-hidden="true">
      {skeletonWidths.slice(0, rows).map((width) => (
        <span key={width} className="flex h-6.5 items-center justify-between px-3 max-lg:h-11">
          <span className="block h-2 rounded-1 bg-active" style={{ width: `${width}%` }} />
          <Skeleton className="w-8" />
        </span>
      ))}
    </div>
  );
}
const skeletonWidths = [46, 58, 37, 52, 41, 29];

interface FacetFailedProps {
  what: string;
  error: Error;
  retrying: boolean;
  onRetry: () => void;
}

/** In the place of the values; the rest of the rail goes on. */
export function FacetFailed({ what, error, retrying, onRetry }: FacetFailedProps) {
  return (
    <div role="alert" className="px-3 pt-0.5 pb-1 text-12">
      <p className="flex items-center gap-1.5 font-medium text-fail-text">
        <StatusGlyph tone="fail" />
        {what} cannot be counted.
      </p>
      <p className="pt-0.5 text-text-2">{describeFailure(error)}</p>
      <Button size="sm" className="mt-1.5" onClick={onRetry} disabled={retrying}>
        {retrying ? "Trying again" : "Try again"}
      </Button>
    </div>
  );
}
