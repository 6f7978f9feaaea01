"use client";

import { useQueries } from "@tanstack/react-query";
import { entryOptions } from "@/lib/logs/query-options";
import { fieldPaths } from "@/lib/logs/view/field-paths";
import type { Explorer } from "../use-explorer";

/** Rows looked at besides the selected one, spread over the screen. */
const rowsLookedAt = 6;

/** Paths of the values that the selected row and some rows on screen have. Only while the menu is open. */
export function useFieldPaths({ address, selected, inView }: Explorer): {
  paths: string[];
  reading: boolean;
} {
  const seqs = new Set<number>(selected === null ? [] : [selected]);
  if (inView) {
    const step = Math.max(1, Math.floor((inView.last - inView.first) / rowsLookedAt));
    for (let seq = inView.first; seq <= inView.last && seqs.size <= rowsLookedAt; seq += step) seqs.add(seq);
  }
  const reads = useQueries({ queries: [...seqs].map((seq) => entryOptions(address, String(seq))) });
  const paths = reads.flatMap(({ data }) =>
    data && !("kind" in data) && data.metadataText ? fieldPaths(data.metadataText) : [],
  );
  return { paths: [...new Set(paths)].slice(0, 60), reading: reads.some((read) => read.isLoading) };
}
