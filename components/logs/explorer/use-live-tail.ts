"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { z } from "zod";
import { type EpisodeAddress, logKeys, tailAddress } from "@/lib/logs/query-options";
import { logEntryRow } from "@/lib/logs/schema";
import { pagesWithTail } from "@/lib/logs/view/live-rows";
import type { RowPage } from "@/lib/logs/view/row-page";

const tailRows = z.array(logEntryRow);

/** What the tail has told: the number behind its last one, and when. Zero before it has told anything. */
export interface LiveTail {
  next: number;
  at: number;
}

/**
 * Rows as they are written, put where the list looks for them. Asking every few seconds goes on beside it, so a browser or a
 * proxy that holds the connection up only makes the list later. A hidden page lets go of its connection: a browser has few.
 */
export function useLiveTail(
  address: EpisodeAddress,
  { enabled, from }: { enabled: boolean; from: number },
): LiveTail {
  const client = useQueryClient();
  const visible = useSyncExternalStore(watchVisibility, isVisible, () => false);
  const [told, setTold] = useState<LiveTail>({ next: 0, at: 0 });
  const { workspace, episodeId } = address;

  const start = useEffectEvent(() => Math.max(from, told.next));
  const take = useEffectEvent((event: MessageEvent<string>) => {
    const through = Number(event.lastEventId);
    if (event.type === "rows") {
      const rows = tailRows.parse(JSON.parse(event.data));
      const pageAt = (number: number) => client.getQueryData<RowPage>(logKeys.page(address, number));
      for (const page of pagesWithTail(rows, through, pageAt)) {
        client.setQueryData(logKeys.page(address, page.number), page);
      }
    }
    // Rows that are not in a page by now are read like any others: the count says that they exist.
    setTold({ next: through + 1, at: Date.now() });
  });

  useEffect(() => {
    if (!enabled || !visible) return;
    const source = new EventSource(tailAddress({ workspace, episodeId }, start()));
    const onEvent = (event: MessageEvent<string>) => take(event);
    for (const name of ["rows", "gap", "skipped"]) source.addEventListener(name, onEvent);
    return () => source.close();
  }, [enabled, visible, workspace, episodeId]);

  return told;
}

function watchVisibility(onChange: () => void): () => void {
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
