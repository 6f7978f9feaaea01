"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { z } from "zod";
import { type EpisodeAddress, logKeys, tailAddress } from "@/lib/logs/query-options";
import { logEntryRow } from "@/lib/logs/schema";
import { type Fold, foldWhatIsTooFast, joinedFolds, withoutFold } from "@/lib/logs/view/folds";
import { pagesWithTail } from "@/lib/logs/view/live-rows";
import { pageOf, type RowPage } from "@/lib/logs/view/row-page";
import { connectTail, type TailState } from "./tail-connection";

const tailRows = z.array(logEntryRow);

/** Between two drawings: more often nobody can see, and each one lays the list out anew. */
const drawMs = 200;
/** Pages of the newest rows that stay in memory; older ones are read again when somebody scrolls back. */
const pagesKept = 20;

export interface LiveTail {
  /** The number behind the last one told, and when it was. Zero before anything was told. */
  next: number;
  at: number;
  state: TailState;
  /** Rows that came too fast to be drawn, folded to a line each. */
  folds: readonly Fold[];
  unfold: (from: number) => void;
  /** Whether the reader goes along at the end; only then may rows be folded. The list says it after each drawing. */
  following: { current: boolean };
}

interface LiveOptions {
  enabled: boolean;
  /** First number wanted. */
  from: number;
}

type Told = Pick<LiveTail, "next" | "at" | "folds">;

/**
 * Rows as they are written, put where the list looks for them. A hidden page lets go of its connection, and goes on behind
 * the last number it was told: a browser has few connections.
 */
export function useLiveTail(address: EpisodeAddress, { enabled, from }: LiveOptions): LiveTail {
  const client = useQueryClient();
  const visible = useSyncExternalStore(watchVisibility, isVisible, () => false);
  const [told, setTold] = useState<Told>({ next: 0, at: 0, folds: [] });
  const [state, setState] = useState<TailState>({ kind: "off" });
  const waiting = useRef<MessageEvent<string>[]>([]);
  const drawnAt = useRef(0);
  const following = useRef(false);
  const { workspace, episodeId } = address;

  const start = useEffectEvent(() => Math.max(from, told.next));
  const draw = useEffectEvent(() => {
    const events = waiting.current;
    const last = events.at(-1);
    if (!last) return;
    waiting.current = [];
    const now = Date.now();
    const next = Number(last.lastEventId) + 1;
    for (const event of events) if (event.type === "rows") putInPages(event);
    const elapsedMs = now - drawnAt.current;
    drawnAt.current = now;
    setTold((before) => {
      const first = before.next || from;
      const fold = following.current ? foldWhatIsTooFast({ first, next, elapsedMs }) : null;
      return { next, at: now, folds: fold ? joinedFolds([...before.folds, fold]) : before.folds };
    });
  });

  function putInPages(event: MessageEvent<string>) {
    const rows = tailRows.parse(JSON.parse(event.data));
    const through = Number(event.lastEventId);
    const pageAt = (number: number) => client.getQueryData<RowPage>(logKeys.page(address, number));
    for (const page of pagesWithTail(rows, through, pageAt)) {
      client.setQueryData(logKeys.page(address, page.number), page);
    }
    // However fast rows come, the tab holds a bounded number of them.
    const old = client.getQueryCache().findAll({ queryKey: logKeys.pages(address), type: "inactive" });
    for (const { queryKey } of old) {
      if (Number(queryKey.at(-1)) < pageOf(through) - pagesKept)
        client.removeQueries({ queryKey, exact: true });
    }
  }

  useEffect(() => {
    if (!enabled || !visible) {
      setState({ kind: "off" });
      return;
    }
    let timer: ReturnType<typeof setTimeout> | null = null;
    let next = start();
    const tail = connectTail(() => tailAddress({ workspace, episodeId }, next), {
      onState: setState,
      onEvent: (event) => {
        next = Number(event.lastEventId) + 1;
        waiting.current.push(event);
        timer ??= setTimeout(
          () => {
            timer = null;
            draw();
          },
          Math.max(0, drawnAt.current + drawMs - Date.now()),
        );
      },
    });
    return () => {
      tail.close();
      if (timer !== null) clearTimeout(timer);
      draw();
    };
  }, [enabled, visible, workspace, episodeId]);

  return {
    next: told.next,
    at: told.at,
    state,
    folds: told.folds,
    unfold: (fold) => setTold((before) => ({ ...before, folds: withoutFold(before.folds, fold) })),
    following,
  };
}

function watchVisibility(onChange: () => void): () => void {
  document.addEventListener("visibilitychange", onChange);
  return () => document.removeEventListener("visibilitychange", onChange);
}

function isVisible(): boolean {
  return document.visibilityState === "visible";
}
