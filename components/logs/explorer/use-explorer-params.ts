"use client";

import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type ExplorerQuery, everything, explorerQuery } from "@/lib/logs/explorer-query";
import type { LogLevel } from "@/lib/logs/level";
import { type Clock, type ExplorerView, explorerParams } from "@/lib/logs/search-params";

/** Parts of the URL that ask for other rows, or for another look at them: going back leads to what was asked before. */
const questions = new Set([
  "view",
  "with",
  "level",
  "q",
  "mode",
  "since",
  "until",
  "meta",
  "template",
  "without",
  "zoom",
  "context",
]);

/** Parts that do not change which rows are listed. */
const otherwise = new Set(["view", "with"]);

/** The URL as the explorer's state. Walking a thousand rows must not bury the page before; a new question is a new page. */
export function useExplorerParams(
  /** Called before other rows are asked for. */
  beforeAsking: () => void = () => {},
) {
  const [params, setParams] = useQueryStates(explorerParams, { history: "replace" });
  const { level, q, mode, since, until, meta, template, without, context } = params;
  const asked: ExplorerQuery = useMemo(
    () => explorerQuery({ level, q, mode, since, until, meta, template, without }),
    [level, q, mode, since, until, meta, template, without],
  );
  type Patch = Partial<Parameters<typeof setParams>[0] & object>;
  /** Changes any part of the URL; null takes a part away. A part of the query that changes is in force. */
  const set = (patch: Patch, history?: "push" | "replace") => {
    const asked = Object.keys(patch).filter((name) => questions.has(name));
    const asks = asked.length > 0;
    const otherRows = asked.some((name) => !otherwise.has(name));
    const inForce = otherRows && !("context" in patch) ? { context: null } : {};
    if (otherRows) beforeAsking();
    void setParams({ ...inForce, ...patch }, { history: history ?? (asks ? "push" : "replace") });
  };
  return {
    ...params,
    /** The query in force; it asks for everything while it is put aside. */
    query: context ? everything : asked.query,
    filtered: asked.filtered && !context,
    queryError: asked.queryError,
    /** What the URL asks for, in force or not. */
    asked,
    levels: level,
    text: q,
    set,
    setView: (next: ExplorerView) => set({ view: next }),
    setClock: (next: Clock) => set({ clock: next }),
    select: (row: number | null) => set({ seq: row === null ? null : String(row) }),
    toggleLevel: (one: LogLevel) => {
      const kept = level.includes(one) ? level.filter((other) => other !== one) : [...level, one];
      set({ level: kept.length > 0 ? kept : null });
    },
    clearFilters: () =>
      set({
        level: null,
        q: null,
        mode: null,
        since: null,
        until: null,
        meta: null,
        template: null,
        without: null,
        zoom: null,
      }),
  };
}

export type ExplorerParams = ReturnType<typeof useExplorerParams>;
