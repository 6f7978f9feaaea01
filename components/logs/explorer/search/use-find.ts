"use client";

import { useMemo, useRef, useState } from "react";
import { formatCount } from "@/lib/format";
import { type EpisodeAddress, findHit } from "@/lib/logs/query-options";
import { compilePattern } from "@/lib/logs/search/pattern";
import type { LogQuery } from "@/lib/logs/search/query";
import { type Direction, nextFind, seqsOf } from "@/lib/logs/view/search-walk";
import { describeFailure } from "../../describe-failure";
import type { ExplorerParams } from "../use-explorer-params";
import { useSearchRun, useStreamSearch } from "./use-stream-search";

interface Place {
  /** The row to walk from: the selected one, else the first on screen. */
  row: number | null;
  total: number;
  /** Of a filtered list: whether it has the row. */
  listed: (seq: number) => boolean;
  onFound: (seq: number) => void;
}

/** Find: marks hits and leads from one to the next; the list keeps all its rows. */
export function useFind(address: EpisodeAddress, params: ExplorerParams, place: Place) {
  const { row, total, listed } = place;
  const { find: text, findMode: mode, filtered, view } = params;
  const wrong = mode === "regex" && text !== "" ? patternError(text) : null;
  const query = useMemo(
    (): LogQuery => ({ ...params.query, text: wrong === null ? text : "", mode }),
    [params.query, text, mode, wrong],
  );
  const on = text !== "" && wrong === null;
  const [opened, setOpened] = useState(false);
  const run = useSearchRun(address, query);
  // Hits are read ahead once; walking past the oldest of them asks for more.
  const search = useStreamSearch(address, query, {
    enabled: on && view === "rows",
    more: run.status === "idle" || run.ended === 0,
    total,
  });
  const found = useMemo(() => (on ? seqsOf(run.rows) : []), [on, run.rows]);
  const hits = filtered ? found.filter(listed) : found;

  const [note, setNote] = useState<{ row: number; text: string } | null>(null);
  const latest = useRef<AbortController | null>(null);

  // A query has one text. Where the filter has one too, only the rows it has listed can be walked.
  const withinList = filtered && params.query.text !== "";
  const isAfterAll = (direction: Direction, from: number) =>
    direction === "forward" && hits.length > 0 && !hits.includes(from);

  async function walk(direction: Direction): Promise<void> {
    latest.current?.abort();
    setNote(null);
    if (!on) return;
    const from = row ?? total;
    const backTo = Number(run.backTo?.seq ?? run.next ?? total);
    const next = nextFind(hits, { from, direction, backTo });
    if (next.kind === "hit") return place.onFound(next.seq);
    const say = (words: string) => setNote({ row: from, text: words });
    const none = () => say(`no hit ${where(direction)} row ${formatCount(from)}`);
    // Who looks for something at the end of a log means what stands before it.
    if (next.kind === "none") return isAfterAll(direction, from) ? walk("backward") : none();
    if (withinList) return say("no further hit among the rows listed so far");
    if (direction === "backward" && run.status === "paused") search.goOn();
    const asking = new AbortController();
    latest.current = asking;
    say(`looking ${where(direction)} row ${formatCount(from)}`);
    try {
      const start = from + (direction === "forward" ? 1 : -1);
      const seq = await findHit(address, { from: start, direction, query, signal: asking.signal });
      if (asking.signal.aborted) return;
      if (seq === null) return none();
      setNote(null);
      place.onFound(seq);
    } catch (error) {
      if (!asking.signal.aborted && error instanceof Error) say(describeFailure(error));
    }
  }

  return {
    /** The find bar is there. */
    open: opened || text !== "",
    setOpen: (open: boolean) => {
      setOpened(open);
      if (!open && text !== "") params.set({ find: null, findMode: null });
    },
    text,
    mode,
    wrong,
    run,
    ...search,
    /** Rows that are hits as far as the search has come, ascending. */
    hits,
    /** Which of them the row is; null when it is none. */
    rank: row === null || hits.indexOf(row) < 0 ? null : hits.indexOf(row) + 1,
    walk,
    note: note?.row === (row ?? total) ? note.text : null,
  };
}

export type Find = ReturnType<typeof useFind>;

const where = (direction: Direction) => (direction === "forward" ? "after" : "before");

function patternError(text: string): string | null {
  const compiled = compilePattern(text);
  return compiled.ok ? null : compiled.message;
}
