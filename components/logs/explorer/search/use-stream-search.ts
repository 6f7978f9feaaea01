"use client";

import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { type EpisodeAddress, logKeys, searchAddress, searchRunOptions } from "@/lib/logs/query-options";
import { searchEvent } from "@/lib/logs/search/events";
import type { LogQuery } from "@/lib/logs/search/query";
import {
  begun,
  failedRun,
  isOpen,
  left,
  newRun,
  type SearchRun,
  stopped,
  wantedOn,
  withEvents,
} from "@/lib/logs/view/search-run";
import { FetchFailure } from "@/lib/query/fetch-json";
import { fetchLines } from "@/lib/query/fetch-lines";

/** A few screens: more is read when the reader comes near the oldest of them. */
const hitsPerRequest = 400;

/** How far the search of a query has come. Somebody else drives it (`useStreamSearch`). */
export function useSearchRun(address: EpisodeAddress, query: LogQuery): SearchRun {
  return useQuery(searchRunOptions(address, query)).data;
}

interface Wish {
  enabled: boolean;
  /** The reader is near the oldest hit, so more are wanted. What has begun goes on to its limit all the same. */
  more: boolean;
  /** The end of the episode as it is known now. */
  total: number;
}

/** Reads the hits of a query, newest first. Whoever leaves ends the reading, on the server too. */
export function useStreamSearch(
  address: EpisodeAddress,
  query: LogQuery,
  { enabled, more, total }: Wish,
): { stop: () => void; goOn: () => void } {
  const client = useQueryClient();
  const run = useSearchRun(address, query);
  const goes = enabled && (run.status === "running" || (more && isOpen(run)));
  // Another query is another search, and the end of one request is what lets the next one begin.
  const turn = `${logKeys.search(address, query).join("\n")} ${run.ended}`;

  const start = useEffectEvent((_turn: string, signal: AbortSignal) => {
    update(client, address, query, (before) => begun(before, total));
    void pursue(client, address, query, signal);
    return () => update(client, address, query, left);
  });
  useEffect(() => {
    if (!goes) return;
    const leaving = new AbortController();
    const leave = start(turn, leaving.signal);
    return () => {
      leaving.abort();
      leave();
    };
  }, [goes, turn]);

  return {
    stop: () => void update(client, address, query, stopped),
    goOn: () => void update(client, address, query, wantedOn),
  };
}

/** Changes how far a search is known to have come, for all who look at it. */
export function update(
  client: QueryClient,
  address: EpisodeAddress,
  query: LogQuery,
  to: (run: SearchRun) => SearchRun,
): SearchRun {
  const { queryKey } = searchRunOptions(address, query);
  const next = to(client.getQueryData(queryKey) ?? newRun(query));
  client.setQueryData(queryKey, next);
  return next;
}

/** One request, to its end. */
async function pursue(
  client: QueryClient,
  address: EpisodeAddress,
  query: LogQuery,
  signal: AbortSignal,
): Promise<void> {
  const change = (to: (run: SearchRun) => SearchRun) => update(client, address, query, to);
  const { resume } = change((run) => run);
  const url = searchAddress(address, query, { limit: hitsPerRequest, resume });
  try {
    for await (const events of fetchLines(url, searchEvent, signal)) {
      if (signal.aborted) return;
      // Stopped, or about to cost more than was agreed to: leaving the loop ends the request.
      if (change((run) => withEvents(run, events)).status !== "running") return;
    }
    if (!signal.aborted) change((run) => failedRun(run, "The connection broke off.", null));
  } catch (error) {
    if (signal.aborted) return;
    const failure = error instanceof FetchFailure ? error : null;
    change((run) =>
      failedRun(run, failure?.message ?? "The answer cannot be read.", failure?.requestId ?? null),
    );
  }
}
