"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { describeFailure } from "../describe-failure";

const legend =
  "Equal lines stand beside each other; a hatched half is a line that side does not have. Between them, how much later B is.";

interface PanesHeadProps {
  walking: boolean;
  /** What came of the last walk, where it found nothing. */
  note: string | null;
  /** Why what follows could not be read. */
  failure: Error | null;
  onRetry: () => void;
  onWalk: (direction: "next" | "previous") => void;
}

/** Above the panes: which is which, and the way from one difference to the next. */
export function PanesHead({ walking, note, failure, onRetry, onWalk }: PanesHeadProps) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-3 max-md:h-11">
      {failure ? (
        <span role="alert" className="flex min-w-0 items-center gap-2">
          <StatusGlyph tone="fail" />
          <span className="truncate">More rows cannot be read. {describeFailure(failure)}</span>
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        </span>
      ) : (
        <span role="status" className="min-w-0 truncate text-12 text-text-3">
          {walking ? "Looking for a difference" : (note ?? legend)}
        </span>
      )}
      <span className="ml-auto flex shrink-0 items-center gap-1.5">
        <Button size="sm" disabled={walking} onClick={() => onWalk("previous")}>
          <ArrowUp size={12} aria-hidden="true" />
          <span className="max-md:sr-only">Previous difference</span>
        </Button>
        <Button size="sm" disabled={walking} onClick={() => onWalk("next")}>
          <ArrowDown size={12} aria-hidden="true" />
          <span className="max-md:sr-only">Next difference</span>
        </Button>
      </span>
    </div>
  );
}
