"use client";

import { explorerQuery, type QueryParams } from "@/lib/logs/explorer-query";
import type { LogQuery } from "@/lib/logs/search/query";
import { type QueryPart, queryParts } from "@/lib/logs/view/search-parts";
import { useExplorerContext } from "../explorer-context";
import { useTimeFormat } from "../use-time-format";
import { timeWords } from "./time-words";

export interface QueryChipModel {
  id: string;
  name: string;
  op: string;
  value: string;
  part: QueryPart["part"] | { kind: "text" | "time" };
  drop: () => void;
  /** What is asked for without it. */
  rest: LogQuery;
}

const textOps = { text: "has", word: "has the word", regex: "matches" } as const;

/** Every part of the query in force, in words. Text and time stand in controls of their own on the query line. */
export function useQueryChips(): QueryChipModel[] {
  const { params } = useExplorerContext();
  const time = useTimeFormat();
  const without = (rest: Parameters<typeof params.set>[0] & Partial<QueryParams>) => ({
    drop: () => params.set(rest),
    rest: explorerQuery({ ...params, ...rest }).query,
  });
  const chips: QueryChipModel[] = queryParts(params).map((part) => ({
    ...part,
    ...without(part.rest),
  }));
  if (params.q !== "") {
    chips.push({
      id: "text",
      name: "text",
      op: textOps[params.mode],
      value: params.q,
      part: { kind: "text" },
      ...without({ q: "", mode: "text" }),
    });
  }
  if (params.since || params.until) {
    chips.push({
      id: "time",
      name: "time",
      op: "is",
      value: timeWords(params, time),
      part: { kind: "time" },
      ...without({ since: null, until: null, zoom: [] }),
    });
  }
  return chips;
}
