"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { type EpisodeAddress, gapBookOptions, rowPageOptions } from "@/lib/logs/query-options";
import type { EpisodeOverview, EpisodeSummary, LogEntryRow } from "@/lib/logs/schema";
import type { Fold } from "@/lib/logs/view/folds";
import { foldGaps, mergeGaps, settledGaps } from "@/lib/logs/view/gaps";
import { entryIn, isBehind, pageOf, pagesFor } from "@/lib/logs/view/row-page";
import { type RowSpace, seqAt, streamSpace } from "@/lib/logs/view/row-space";

/** Where each row of the whole stream stands; known before any row is loaded. */
export function useStreamSpace(
  address: EpisodeAddress,
  episode: EpisodeSummary,
  overview: EpisodeOverview | undefined,
  folds: readonly Fold[] = [],
): RowSpace {
  const { data: book } = useQuery(gapBookOptions(address));
  return streamSpace({
    total: Number(episode.nextSequenceNumber),
    gaps: mergeGaps([...foldGaps(folds), ...settledGaps(overview), ...Object.values(book).flat()]),
    firstHot: Number(episode.archivedThrough) + 1,
  });
}

export interface Rows {
  /** Undefined while it is being read. */
  entry: (seq: number) => LogEntryRow | undefined;
  error: Error | null;
  retry: () => void;
}

/** How many lines beyond the drawn ones are read ahead. */
const readAhead = 60;

/** The rows of the drawn lines, by page. Pages that are there already cost nothing; the rest is read once the hand is calm. */
export function useStreamRows(
  address: EpisodeAddress,
  space: RowSpace,
  drawn: { first: number; last: number } | null,
  options: { total: number; knownAt: number; calm: boolean },
): Rows {
  const pages = drawn ? pagesFor(wantedRows(space, drawn)) : [];
  const reads = useQueries({
    queries: pages.map((page) => ({ ...rowPageOptions(address, page), enabled: options.calm })),
  });

  // Rows written since a page was read. A page that is younger than the count it lacks rows of is not asked for again.
  const behind = reads.filter(
    (read) =>
      read.data &&
      isBehind(read.data, options.total) &&
      !read.isFetching &&
      read.dataUpdatedAt < options.knownAt,
  );
  const behindKey = behind.map((read) => read.data?.number).join();
  useEffect(() => {
    if (behindKey) for (const read of behind) void read.refetch();
  }, [behindKey, behind]);

  const byNumber = new Map(
    reads.flatMap((read) => (read.data ? [[read.data.number, read.data] as const] : [])),
  );
  return {
    entry: (seq) => {
      const page = byNumber.get(pageOf(seq));
      return page && (entryIn(page, seq) ?? undefined);
    },
    error: reads.find((read) => read.error)?.error ?? null,
    retry: () => {
      for (const read of reads) if (read.error || read.data?.gaps.length) void read.refetch();
    },
  };
}

function wantedRows(space: RowSpace, drawn: { first: number; last: number }): number[] {
  const first = Math.max(0, drawn.first - readAhead);
  const last = Math.min(space.count - 1, drawn.last + readAhead);
  const seqs: number[] = [];
  for (let line = first; line <= last; line++) {
    const ref = space.at(line);
    // A settled gap has nothing to read; one that may be filled is read again with its page.
    if (ref.kind === "entry") seqs.push(ref.seq);
    else if (ref.kind === "gap" && ref.gap.reason !== "skipped") seqs.push(seqAt(space, line));
  }
  return seqs;
}
