"use client";

import { useQuery } from "@tanstack/react-query";
import { AsOf } from "@/components/ui/as-of";
import { runStateOptions } from "@/lib/runs/query-options";
import { useLiveState } from "../live/live-state";
import { useRunLive } from "../live/use-run-live";

/** In the top bar: how old the page is, and whether it follows. It is also what makes it follow. */
export function RunAsOf({ workspace, runId }: { workspace: string; runId: string }) {
  useRunLive(workspace, runId);
  const live = useLiveState(runId);
  const { data, error } = useQuery(runStateOptions(workspace, runId));
  if (!data) return null;
  const broken = error !== null || live.kind === "polling" || live.kind === "refused";
  // "Live" is what a connection that stands says, and nothing else.
  const state = broken ? "stale" : live.kind === "live" ? "live" : "still";
  return <AsOf at={data.run.asOf} state={state} />;
}
