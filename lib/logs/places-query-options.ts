import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/query/fetch-json";
import { pauseSearch, type RowAtTime, rowAtTime, rowValues } from "./places";
import type { EpisodeAddress } from "./query-options";
import { logPage } from "./schema";
import { type LogQuery, logQueryParams } from "./search/query";

const place = ({ workspace, episodeId }: EpisodeAddress) =>
  `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}`;

/** Rows of a range that a query keeps, as an export. */
export function exportAddress(
  address: EpisodeAddress,
  query: LogQuery,
  { from, to }: { from: number; to: number },
): string {
  const params = logQueryParams(query);
  params.set("from", String(from));
  params.set("to", String(to));
  return `${place(address)}/export?${params}`;
}

const foundRow = z.object({ row: rowAtTime.nullable() });

/** The first row at or after a time; null when all rows are older. */
export async function fetchRowAtTime(address: EpisodeAddress, time: string): Promise<RowAtTime | null> {
  const query = new URLSearchParams({ time });
  return (await fetchJson(`${place(address)}/at?${query}`, foundRow)).row;
}

export interface Pause {
  seq: number;
  pauseMs: number;
}

interface PauseWalk {
  from: number;
  direction: "forward" | "backward";
  signal: AbortSignal;
  /** How far it has been looked, between two answers. */
  onProgress: (seq: number) => void;
}

/** The next place where rows stopped coming for a while. Each answer is bounded work, so it may take several. */
export async function findPause(
  address: EpisodeAddress,
  { from, direction, signal, onProgress }: PauseWalk,
): Promise<{ pause: Pause | null; thresholdMs: number }> {
  let next = String(from);
  for (;;) {
    const query = new URLSearchParams({ from: next, direction });
    const answer = await fetchJson(`${place(address)}/pause?${query}`, pauseSearch, signal);
    const { found, thresholdMs } = answer;
    if (found) return { pause: { seq: Number(found.seq), pauseMs: found.pauseMs }, thresholdMs };
    if (answer.next === null || answer.next === next) return { pause: null, thresholdMs };
    next = answer.next;
    onProgress(Number(next));
  }
}

/** Rows before and after one, as they were written. */
export function contextOptions(address: EpisodeAddress, seq: string, around: number) {
  const query = new URLSearchParams({ from: seq, direction: "around", limit: String(2 * around + 1) });
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "around", seq, around],
    queryFn: ({ signal }) => fetchJson(`${place(address)}/rows?${query}`, logPage, signal),
    staleTime: 10_000,
    gcTime: 60_000,
  });
}

/** Values of the columns for some rows; while others are read, those of before stay. */
export function rowValuesOptions(address: EpisodeAddress, paths: readonly string[], seqs: readonly number[]) {
  const query = new URLSearchParams({ rows: rangesText(seqs) });
  for (const path of paths) query.append("path", path);
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "values", query.toString()],
    queryFn: ({ signal }) => fetchJson(`${place(address)}/values?${query}`, rowValues, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: 1,
  });
}

/** Ascending numbers as "0-249,300". */
export function rangesText(seqs: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const seq of seqs) {
    const last = ranges.at(-1);
    if (last && seq === last.to + 1) last.to = seq;
    else ranges.push({ from: seq, to: seq });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}
