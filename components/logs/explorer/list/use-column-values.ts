"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { mostColumns, mostValueRows } from "@/lib/logs/places";
import { rowValuesOptions } from "@/lib/logs/places-query-options";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import type { RowSpace } from "@/lib/logs/view/row-space";

/** Lines are asked for in such portions, so that a scroll of a few lines asks for nothing. */
const linesAtOnce = 50;

export type ColumnValues = (seq: number) => readonly (string | null)[] | undefined;

/** Values of the metadata columns for the rows around the screen. While a hand rushes through, none are read. */
export function useColumnValues(
  address: EpisodeAddress,
  columns: readonly string[],
  space: RowSpace,
  { drawn, calm }: { drawn: { first: number; last: number } | null; calm: boolean },
): ColumnValues {
  const paths = columns.filter((name) => name !== "source").slice(0, mostColumns);
  const first = Math.floor((drawn?.first ?? 0) / linesAtOnce) * linesAtOnce;
  const last = Math.min(space.count, Math.ceil(((drawn?.last ?? -1) + 1) / linesAtOnce) * linesAtOnce) - 1;
  const wanted = paths.length > 0 && drawn !== null;
  const seqs = wanted ? entriesOn(space, first, last) : [];
  const { data } = useQuery({
    ...rowValuesOptions(address, paths, seqs),
    enabled: wanted && calm && seqs.length > 0,
  });
  return useMemo(() => (seq) => data?.values[seq], [data]);
}

function entriesOn(space: RowSpace, first: number, last: number): number[] {
  const seqs: number[] = [];
  for (let line = first; line <= last && seqs.length < mostValueRows; line++) {
    const ref = space.at(line);
    if (ref.kind === "entry") seqs.push(ref.seq);
  }
  return seqs;
}
