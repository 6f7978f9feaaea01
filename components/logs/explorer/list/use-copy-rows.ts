"use client";

import { useEffect, useRef, useState } from "react";
import { formatPlural } from "@/lib/format";
import { exportAddress } from "@/lib/logs/places-query-options";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import type { LogQuery } from "@/lib/logs/search/query";
import { type CopyFormat, copyFormatName, copyText } from "@/lib/logs/view/copy-rows";
import { exportedLines } from "@/lib/logs/view/exported-lines";
import type { TimeFrame } from "@/lib/logs/view/row-time";
import { failureOf } from "@/lib/query/fetch-json";
import { describeFailure } from "../../describe-failure";

export type CopyState =
  | { kind: "idle" }
  | { kind: "reading"; read: number; of: number }
  | { kind: "done"; words: string }
  | { kind: "failed"; words: string };

interface Wanted {
  from: number;
  to: number;
  rows: number;
  /** Of the rows between the two only its hits. */
  query: LogQuery;
}

/** How long it is said that something was copied. */
const saidMs = 4_000;

/** Reads rows as an export does, whole and in order, and puts them on the clipboard. */
export function useCopyRows(address: EpisodeAddress, frame: TimeFrame) {
  const [state, setState] = useState<CopyState>({ kind: "idle" });
  const running = useRef<AbortController | null>(null);

  async function copy({ from, to, rows, query }: Wanted, format: CopyFormat) {
    running.current?.abort();
    const turn = new AbortController();
    running.current = turn;
    setState({ kind: "reading", read: 0, of: rows });
    try {
      const response = await fetch(exportAddress(address, query, { from, to }), { signal: turn.signal });
      if (!response.ok || !response.body) throw failureOf(response, await response.json().catch(() => null));
      const lines = await exportedLines(response.body, (read) => {
        if (!turn.signal.aborted) setState({ kind: "reading", read: Math.min(read, rows), of: rows });
      });
      await navigator.clipboard.writeText(copyText(lines, format, frame));
      setState({
        kind: "done",
        words: `${formatPlural(lines.length, "row")} copied as ${copyFormatName[format]}`,
      });
    } catch (error) {
      if (turn.signal.aborted) setState({ kind: "idle" });
      else
        setState({ kind: "failed", words: error instanceof Error ? describeFailure(error) : "Not copied." });
    }
  }

  const done = state.kind === "done";
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setState({ kind: "idle" }), saidMs);
    return () => clearTimeout(timer);
  }, [done]);

  return {
    state,
    copy: (wanted: Wanted, format: CopyFormat) => void copy(wanted, format),
    stop: () => running.current?.abort(),
    forget: () => setState({ kind: "idle" }),
  };
}
