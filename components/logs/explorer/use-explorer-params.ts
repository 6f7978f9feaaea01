"use client";

import { useQueryStates } from "nuqs";
import type { LogLevel } from "@/lib/logs/level";
import { explorerParams } from "@/lib/logs/search-params";

/** The URL as the explorer's state. It is replaced, not pushed: walking a thousand rows must not bury the page before. */
export function useExplorerParams() {
  const [{ seq, level, q }, setParams] = useQueryStates(explorerParams, { history: "replace" });
  return {
    seq,
    levels: level,
    text: q,
    filtered: level.length > 0 || q !== "",
    select: (row: number | null) => void setParams({ seq: row === null ? null : String(row) }),
    toggleLevel: (one: LogLevel) => {
      const kept = level.includes(one) ? level.filter((other) => other !== one) : [...level, one];
      void setParams({ level: kept.length > 0 ? kept : null });
    },
    setText: (text: string) => void setParams({ q: text.trim() || null }),
    clearFilters: () => void setParams({ level: null, q: null }),
  };
}

export type ExplorerParams = ReturnType<typeof useExplorerParams>;
