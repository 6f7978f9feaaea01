"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type ExplorerQuery, explorerQuery } from "@/lib/logs/explorer-query";
import type { LogLevel } from "@/lib/logs/level";
import { type Clock, type ExplorerView, explorerParams } from "@/lib/logs/search-params";

/** The URL as the explorer's state. It is replaced, not pushed: walking a thousand rows must not bury the page before. */
export function useExplorerParams() {
  const [params, setParams] = useQueryStates(explorerParams, { history: "replace" });
  const { level, q, mode, since, until, meta, template, without } = params;
  const asked: ExplorerQuery = useMemo(
    () => explorerQuery({ level, q, mode, since, until, meta, template, without }),
    [level, q, mode, since, until, meta, template, without],
  );
  return {
    ...params,
    ...asked,
    levels: level,
    text: q,
    /** Changes any part of the URL; null takes a part away. */
    set: (patch: Partial<Parameters<typeof setParams>[0] & object>) => void setParams(patch),
    setView: (next: ExplorerView) => void setParams({ view: next }),
    setClock: (next: Clock) => void setParams({ clock: next }),
    select: (row: number | null) => void setParams({ seq: row === null ? null : String(row) }),
    toggleLevel: (one: LogLevel) => {
      const kept = level.includes(one) ? level.filter((other) => other !== one) : [...level, one];
      void setParams({ level: kept.length > 0 ? kept : null });
    },
    setText: (text: string) => void setParams({ q: text.trim() || null }),
    clearFilters: () =>
      void setParams({
        level: null,
        q: null,
        mode: null,
        since: null,
        until: null,
        meta: null,
        template: null,
        without: null,
      }),
  };
}

export type ExplorerParams = ReturnType<typeof useExplorerParams>;
