"use client";

import { useState } from "react";
import { type RowSpace, rowsBetween } from "@/lib/logs/view/row-space";
import { isListed, stepFrom } from "@/lib/logs/view/selection";

export interface RowRange {
  from: number;
  to: number;
  rows: number;
}

interface Ends {
  /** Where it began, and where the hand is. */
  anchor: number;
  head: number;
  /** The list it was chosen in: in another one the same two rows mean others between them. */
  list: string;
}

/** Rows chosen together, from one to another. One row alone is a selection, not a range. */
export function useRange(space: RowSpace, list: string, selected: number | null) {
  const [ends, setEnds] = useState<Ends | null>(null);
  const kept = ends?.list === list && ends.anchor !== ends.head ? ends : null;
  const range: RowRange | null = kept && {
    from: Math.min(kept.anchor, kept.head),
    to: Math.max(kept.anchor, kept.head),
    rows: rowsBetween(space, kept.anchor, kept.head),
  };
  const extendTo = (seq: number) => setEnds({ anchor: kept?.anchor ?? selected ?? seq, head: seq, list });
  return {
    range,
    head: kept?.head ?? null,
    extendTo,
    /** One row further; null at the end of the list. */
    extendBy: (by: 1 | -1): number | null => {
      const from = kept?.head ?? selected;
      if (from === null || !isListed(space, from)) return null;
      const next = stepFrom(space, from, by);
      if (next !== null) extendTo(next);
      return next;
    },
    clear: () => setEnds(null),
  };
}
