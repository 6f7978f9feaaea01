"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { z } from "zod";
import { type EpisodeAddress, logKeys, readHits, tailAddress } from "@/lib/logs/query-options";
import { int64Text, type LogRow, logEntryRow, logGapRow } from "@/lib/logs/schema";
import type { LogQuery } from "@/lib/logs/search/query";
import { withTail } from "@/lib/logs/view/search-run";
import { update } from "./use-stream-search";

const toldRows = z.array(logEntryRow);
const skipped = z.object({ from: int64Text, to: int64Text });

/**
 * New rows of an open episode that are hits, put behind those a search has found. It begins where the search began, so no row
 * lies between the two. A hidden page lets go of its connection and goes on where it was.
 */
export function useHitTail(
  address: EpisodeAddress,
  query: LogQuery,
  { enabled, next }: { enabled: boolean; next: number | null },
): void {
  const client = useQueryClient();
  const visible = useSyncExternalStore(watchVisibility, isVisible, () => false);
  const listens = enabled && visible && next !== null;
  const key = logKeys.search(address, query).join("\n");

  const open = useEffectEvent((_key: string) => {
    const source = new EventSource(tailAddress(address, next ?? 0, query));
    // One after the other: rows that were skipped are read before those behind them are taken.
    let turn = Promise.resolve();
    const take = (event: MessageEvent<string>) => {
      turn = turn.then(async () => {
        const rows = await rowsOf(event, address, query);
        update(client, address, query, (run) => withTail(run, rows, Number(event.lastEventId)));
      });
    };
    for (const name of ["rows", "gap", "skipped"]) source.addEventListener(name, take);
    return source;
  });
  useEffect(() => {
    if (!listens) return;
    const source = open(key);
    return () => source.close();
  }, [listens, key]);
}

async function rowsOf(
  event: MessageEvent<string>,
  address: EpisodeAddress,
  query: LogQuery,
): Promise<LogRow[]> {
  const content: unknown = JSON.parse(event.data);
  if (event.type === "rows") return toldRows.parse(content);
  if (event.type === "gap") return [logGapRow.parse(content)];
  const { from, to } = skipped.parse(content);
  try {
    return await readHits(address, { from, to, query });
  } catch {
    const detail = "These rows were written faster than they could be shown, and reading them failed.";
    return [{ kind: "gap", from, to, reason: "unreadable", chunkNumber: null, detail }];
  }
}

function watchVisibility(onChange: () => void): () => void {
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
