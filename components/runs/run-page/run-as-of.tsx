"use client";

import { useQuery } from "@tanstack/react-query";
import { AsOf } from "@/components/ui/as-of";
import { runStateOptions } from "@/lib/runs/query-options";
import { runStatus } from "@/lib/runs/status";

/** In the top bar: how old the page is, and whether it follows. */
export function RunAsOf({ workspace, runId }: { workspace: string; runId: string }) {
  const { data, error } = useQuery(runStateOptions(workspace, runId));
  if (!data) return null;
  const { status, asOf } = data.run;
  return <AsOf at={asOf} state={error ? "stale" : runStatus[status].final ? "still" : "live"} />;
}
