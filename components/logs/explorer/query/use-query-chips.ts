"use client";

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
}

const textOps = { text: "has", word: "has the word", regex: "matches" } as const;

/** Every part of the query in force, in words. Text and time stand in controls of their own on the query line. */
export function useQueryChips(): QueryChipModel[] {
  const { params } = useExplorerContext();
  const time = useTimeFormat();
  const chips: QueryChipModel[] = queryParts(params).map((part) => ({
    ...part,
    drop: () => params.set(part.without),
  }));
  if (params.q !== "") {
    chips.push({
      id: "text",
      name: "text",
      op: textOps[params.mode],
      value: params.q,
      part: { kind: "text" },
      drop: () => params.set({ q: null, mode: null }),
    });
  }
  if (params.since || params.until) {
    chips.push({
      id: "time",
      name: "time",
      op: "is",
      value: timeWords(params, time),
      part: { kind: "time" },
      drop: () => params.set({ since: null, until: null, zoom: null }),
    });
  }
  return chips;
}
