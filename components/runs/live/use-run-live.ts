"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { FetchFailure } from "@/lib/query/fetch-json";
import { figuresAgree, withChanges } from "@/lib/runs/live/apply";
import type { RunNews } from "@/lib/runs/live/news";
import { type RunState, runEventsAddress, runKeys, runStateOptions } from "@/lib/runs/query-options";
import { runStatus } from "@/lib/runs/status";
import { setLiveState } from "./live-state";
import { type Connection, type ConnectionState, connectToRun } from "./run-connection";
import { shareConnection } from "./shared-connection";
import { useVisible } from "./use-visible";

/** While the connection is broken, the run is asked for so often. */
const pollMs = 3_000;
/** A run that is over is looked at so often: somebody may retry it. */
const glanceMs = 15_000;
/** The figures of a run follow its tasks within moments; later than this something was missed. */
const disagreementMs = 5_000;

/**
 * Keeps the state of a run in the cache as it goes on, while somebody looks: one connection for all tabs, changes put where
 * the page reads them, the whole read anew where some are missing, and asked for every few seconds where nothing connects. A
 * run that is over is glanced at now and then.
 */
export function useRunLive(workspace: string, runId: string): void {
  const client = useQueryClient();
  const { data, error } = useQuery(runStateOptions(workspace, runId));
  const visible = useVisible();
  const refusal = error instanceof FetchFailure && error.lasting ? error.message : null;
  const readable = data !== undefined && refusal === null;
  const following = readable && !runStatus[data.run.status].final;
  const resting = readable && !following;
  const key = runKeys.state(workspace, runId);

  const read = useEffectEvent(() => client.refetchQueries({ queryKey: key, exact: true }));
  const known = useEffectEvent(() => client.getQueryData<RunState>(key));
  const take = useEffectEvent((news: RunNews) => {
    const state = client.getQueryData<RunState>(key);
    if (!state) return;
    if (news.kind === "changes") {
      const next = withChanges(state, news.changes);
      if (next) client.setQueryData(key, next);
      else void read();
    } else if (news.kind === "still") {
      client.setQueryData(key, { ...state, run: { ...state.run, asOf: news.asOf } });
    } else if (news.kind === "resync" || (news.kind === "end" && news.code !== "over")) void read();
  });

  // Of a run that is over its events are what was missed and an end: a few small reads, whatever the size of the run.
  useEffect(() => {
    if (!resting || !visible) return;
    let glance: Connection | undefined;
    const timer = setInterval(() => {
      glance?.close();
      const address = () => runEventsAddress(workspace, runId, known()?.seq ?? "");
      glance = connectToRun(address, { onState: () => {}, onNews: take });
    }, glanceMs);
    return () => {
      clearInterval(timer);
      glance?.close();
    };
  }, [resting, visible, workspace, runId]);

  useEffect(() => {
    if (refusal !== null) setLiveState(runId, { kind: "refused", message: refusal });
    if (!following || !visible) return;
    let poll: ReturnType<typeof setInterval> | undefined;
    let check: ReturnType<typeof setTimeout> | undefined;
    let checkedSeq = "";

    const onState = (state: ConnectionState) => {
      if (state === "live") {
        clearInterval(poll);
        poll = undefined;
        setLiveState(runId, { kind: "live" });
      } else if (state === "broken" && poll === undefined) {
        setLiveState(runId, { kind: "polling" });
        poll = setInterval(() => void read(), pollMs);
        void read();
      } else if (poll === undefined) setLiveState(runId, { kind: "connecting" });
    };
    const onNews = (news: RunNews) => {
      take(news);
      if (news.kind !== "changes") return;
      clearTimeout(check);
      check = setTimeout(() => {
        const state = known();
        if (!state || figuresAgree(state) || state.seq === checkedSeq) return;
        checkedSeq = state.seq;
        void read();
      }, disagreementMs);
    };
    const address = () => runEventsAddress(workspace, runId, known()?.seq ?? "");
    const connection = shareConnection(
      `strata.run.${workspace}.${runId}`,
      (listener) => connectToRun(address, listener),
      { onState, onNews },
    );
    return () => {
      connection.close();
      clearInterval(poll);
      clearTimeout(check);
      setLiveState(runId, { kind: "still" });
    };
  }, [following, visible, refusal, workspace, runId]);
}
