"use client";

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { type AlignedPage, type Places, type ReadRows, readAligned } from "@/lib/logs/compare/aligned-page";
import type { TemplateKey } from "@/lib/logs/compare/template-keys";
import { logPage } from "@/lib/logs/schema";
import { fetchJson } from "@/lib/query/fetch-json";

/** Rows shown before the place that was asked for. */
const context = 40;

interface PageParam extends Places {
  direction: "around" | "forward" | "backward";
}

interface AlignedOptions {
  workspace: string;
  a: string;
  b: string;
  keyOf: TemplateKey;
  /** Tells two comparisons of the same episodes apart: later ones know more templates. */
  asOf: string;
  at: Places;
}

function alignedOptions({ workspace, a, b, keyOf, asOf, at }: AlignedOptions) {
  const start: PageParam = { ...at, direction: "around" };
  return infiniteQueryOptions({
    queryKey: ["logs", workspace, a, "compare", b, "rows", asOf, at.a, at.b],
    queryFn: async ({ pageParam, signal }) => {
      const read: ReadRows = (side, from, direction, limit) => {
        const query = new URLSearchParams({ from: String(from), direction, limit: String(limit) });
        const episode = encodeURIComponent(side === "a" ? a : b);
        const path = `/api/w/${encodeURIComponent(workspace)}/logs/${episode}/rows?${query}`;
        return fetchJson(path, logPage, signal);
      };
      if (pageParam.direction !== "around") return readAligned(read, keyOf, pageParam, pageParam.direction);
      const [before, after] = await Promise.all([
        readAligned(read, keyOf, { a: pageParam.a - 1, b: pageParam.b - 1 }, "backward", context),
        readAligned(read, keyOf, pageParam, "forward"),
      ]);
      return joined(before, after);
    },
    initialPageParam: start,
    getNextPageParam: ({ after }): PageParam | null => after && { ...after, direction: "forward" },
    getPreviousPageParam: ({ before }): PageParam | null => before && { ...before, direction: "backward" },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    // A tab holds a bounded number of rows, however long somebody scrolls.
    maxPages: 60,
  });
}

function joined(before: AlignedPage, after: AlignedPage): AlignedPage {
  return { lines: [...before.lines, ...after.lines], before: before.before, after: after.after };
}

/** Two episodes line by line around a place, more of it as one scrolls either way. */
export function useAlignedRows(options: AlignedOptions) {
  return useInfiniteQuery(alignedOptions(options));
}
