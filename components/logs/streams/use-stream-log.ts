"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { shortenId } from "@/lib/format";
import { explorerQuery } from "@/lib/logs/explorer-query";
import { rowAt } from "@/lib/logs/streams/place";
import {
  type Anchor,
  histogramOptions,
  type StreamsAddress,
  streamsOptions,
  totalsOptions,
} from "@/lib/logs/streams/query-options";
import type { StreamSetSummary } from "@/lib/logs/streams/schema";
import { streamLogParams } from "@/lib/logs/streams/search-params";
import { colorOfStream } from "@/lib/logs/streams/stream-colors";
import { useMergedRows } from "./use-merged-rows";
import { useStreamScroll } from "./use-stream-scroll";

const noStreams: readonly string[] = [];

/** Parts of the URL that ask for other rows: going back leads to what was asked before. */
const questions = new Set(["in", "out", "level", "q", "mode", "since", "until", "time"]);

/** Everything the log of many streams knows and can do. */
export function useStreamLog(workspace: string, initial: StreamSetSummary, over: boolean) {
  const [params, setParams] = useQueryStates(streamLogParams, { history: "replace" });
  type Patch = Partial<Parameters<typeof setParams>[0] & object>;
  const set = (patch: Patch) => {
    const asks = Object.keys(patch).some((name) => questions.has(name));
    void setParams(patch, { history: asks ? "push" : "replace" });
  };
  const { level, q, mode, since, until, meta, template, without } = params;
  const asked = useMemo(
    () => explorerQuery({ level, q, mode, since, until, meta, template, without }),
    [level, q, mode, since, until, meta, template, without],
  );
  const whole: StreamsAddress = { workspace, set: { runId: params.run, only: [], without: [] } };
  const address: StreamsAddress = {
    workspace,
    set: { runId: params.run, only: params.in, without: params.out },
  };
  const totals = useQuery({ ...totalsOptions(whole, over), initialData: initial });
  const summary = totals.data;
  const narrowed = params.in.length > 0 || params.out.length > 0;
  const shown = useQuery({ ...totalsOptions(address, over), enabled: narrowed });
  const live = !over && (summary.open > 0 || params.run === null);

  const streams = useQuery({
    ...streamsOptions(whole, summary),
    enabled: params.run !== null,
  });
  const { time } = asked.query;
  const histogram = useQuery(histogramOptions(address, { since: time.from, until: time.to }, live));

  const [anchor, setAnchor] = useState<Anchor>(() => anchorOf(params, live));
  const key = JSON.stringify([params.run, params.in, params.out, asked.query]);
  const [shownKey, setShownKey] = useState(key);
  const [topPlace, setTopPlace] = useState<string | null>(null);
  if (shownKey !== key) {
    setShownKey(key);
    // Another question of the same moment: the rows change, the time does not.
    if (topPlace !== null) setAnchor({ from: topPlace, direction: "around" });
  }
  const rows = useMergedRows(address, asked.query, anchor, {
    live,
    total: summary.total,
  });
  const scroll = useStreamScroll(rows.list, {
    key: `${key}${JSON.stringify(anchor)}`,
    start: anchor,
    open: rows.hasNewer,
    onTop: setTopPlace,
  });

  const selected = rows.list.findIndex((row) => row.place === params.row);
  const select = (place: string | null) => set({ row: place });
  const step = (by: 1 | -1) => {
    const from = selected >= 0 ? selected + by : (scroll.seen?.first ?? 0);
    const row = rows.list[Math.min(rows.list.length - 1, Math.max(0, from))];
    if (!row) return;
    select(row.place);
    scroll.show(rows.list.indexOf(row));
  };
  const goTo = (from: string) => {
    set({ time: from });
    setAnchor({ from, direction: "around" });
  };
  const groups = histogram.data?.groups ?? noStreams;
  const names = useMemo(() => {
    const known = [...rows.names, ...(streams.data?.streams ?? []), ...(histogram.data?.streams ?? [])];
    return new Map(known.map((stream) => [stream.episodeId, stream]));
  }, [rows.names, streams.data, histogram.data]);

  return {
    workspace,
    params,
    set,
    asked,
    live,
    /** Of the whole run or workspace, whatever is chosen of it. */
    summary,
    stale: totals.isError,
    /** Of the streams that are shown. */
    chosen: narrowed ? shown.data : summary,
    streams,
    histogram,
    rows,
    scroll,
    selected,
    select,
    step,
    goTo,
    toStart: () => setAnchor({ from: "start", direction: "forward" }),
    toEnd: () => setAnchor({ from: params.run === null ? "now" : "end", direction: "backward" }),
    groups,
    colorOf: (stream: string) => colorOfStream(stream, groups),
    /** A task's name; among the tasks of several runs with the run it belongs to. */
    nameOf: (stream: string) => {
      const known = names.get(stream);
      if (!known) return stream;
      return known.runId === null || params.run !== null
        ? known.name
        : `${known.name} in ${shortenId(known.runId.replace(/^run-/, ""), 4)}`;
    },
    toggle: (side: "in" | "out", stream: string) => {
      const other = side === "in" ? "out" : "in";
      const now = params[side];
      const next = now.includes(stream) ? now.filter((name) => name !== stream) : [...now, stream];
      const rest = params[other].filter((name) => name !== stream);
      set({ [side]: next.length > 0 ? next : null, [other]: rest.length > 0 ? rest : null });
    },
    clear: () =>
      set({
        ...{ level: null, q: null, mode: null, since: null, until: null, meta: null, template: null },
        ...{ without: null, in: null, out: null },
      }),
  };
}

export type StreamLogState = ReturnType<typeof useStreamLog>;

/** The row or time of the URL; else the end of what is still being written, or the start of what is not. */
function anchorOf(
  { row, time, run }: { row: string | null; time: string | null; run: string | null },
  open: boolean,
): Anchor {
  if (row !== null && rowAt(row)) return { from: row, direction: "around" };
  if (time !== null && !Number.isNaN(Date.parse(time))) return { from: time, direction: "around" };
  if (run === null) return { from: "now", direction: "backward" };
  return open ? { from: "end", direction: "backward" } : { from: "start", direction: "forward" };
}
