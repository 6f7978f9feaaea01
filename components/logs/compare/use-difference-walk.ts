"use client";

import { useState } from "react";
import { lineKey, nextDifference, type PairedLine } from "@/lib/logs/compare/aligned-page";
import type { useAlignedRows } from "./use-aligned-rows";
import type { Wish } from "./use-line-window";

/** Answers of a few hundred lines each that one walk reads, before it says that all of them were equal. */
const mostReads = 20;

interface DifferenceWalk {
  rows: ReturnType<typeof useAlignedRows>;
  onFound: (wish: Wish) => void;
}

/** From one difference to the next, also where it was not read yet. */
export function useDifferenceWalk({ rows, onFound }: DifferenceWalk) {
  const [walking, setWalking] = useState(false);
  const [note, setNote] = useState<string | null>(null);

  async function walk(from: PairedLine | undefined, direction: "next" | "previous") {
    setWalking(true);
    setNote(null);
    let { data } = rows;
    for (let reads = 0; ; reads++) {
      const lines = data?.pages.flatMap((page) => page.lines) ?? [];
      const here = from ? lines.findIndex((line) => lineKey(line) === lineKey(from)) : -1;
      const found = nextDifference(lines, here, direction);
      const line = found === null ? undefined : lines[found];
      // What stands at the edge of what was read may be the middle of a difference.
      const atEdge = direction === "previous" && found === 0 && data?.pages[0]?.before !== null;
      if (line && !atEdge) {
        onFound({ key: lineKey(line) });
        break;
      }
      const end = direction === "next" ? data?.pages.at(-1)?.after : data?.pages[0]?.before;
      if (!end) {
        setNote(`No difference ${direction === "next" ? "behind" : "before"} this one.`);
        break;
      }
      if (reads >= mostReads) {
        setNote(`All ${direction === "next" ? "following" : "earlier"} lines read so far are equal. Go on?`);
        break;
      }
      const answer = await (direction === "next" ? rows.fetchNextPage() : rows.fetchPreviousPage());
      if (answer.error) {
        setNote("More rows could not be read.");
        break;
      }
      data = answer.data;
    }
    setWalking(false);
  }

  return { walk, walking, note };
}
