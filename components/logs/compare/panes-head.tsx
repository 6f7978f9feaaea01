"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { Button } from "@/components/ui/button";

interface PanesHeadProps {
  walking: boolean;
  /** What came of the last walk, where it found nothing. */
  note: string | null;
  onWalk: (direction: "next" | "previous") => void;
}

/** Above the panes: which is which, and the way from one difference to the next. */
export function PanesHead({ walking, note, onWalk }: PanesHeadProps) {
  return (
    <div className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-3 max-md:h-11">
      <span role="status" className="min-w-0 truncate text-12 text-text-3">
        {walking
          ? "Looking for a difference"
          : (note ??
            "Equal lines stand beside each other; a hatched half is a line that side does not have.")}
      </span>
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
