"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { AsOf } from "@/components/ui/as-of";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { StreamSetSummary } from "@/lib/logs/streams/schema";
import { LogTabs } from "./log-tabs";
import { openRow, StreamDrawer } from "./stream-drawer";
import { StreamHistogram } from "./stream-histogram";
import { StreamListArea } from "./stream-list-area";
import { StreamQueryLine } from "./stream-query-line";
import { StreamRail } from "./stream-rail";
import { StreamStatus } from "./stream-status";
import { streamKeys, useStreamKeys } from "./use-stream-keys";
import { useStreamLog } from "./use-stream-log";

interface StreamLogProps {
  workspace: string;
  /** Null for all streams of the workspace. A run that is over gets no more rows. */
  run: { id: string; name: string; over: boolean } | null;
  /** As the server read it for this page; the browser asks again while rows may come. */
  initial: StreamSetSummary;
}

/** Chart, list and drawer; on a phone the drawer is a sheet under the list. */
const areas =
  "grid min-h-0 grow grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] [grid-template-areas:'hist'_'list'_'drawer'] md:grid-cols-[minmax(0,1fr)_auto] md:grid-rows-[auto_minmax(0,1fr)] md:[grid-template-areas:'hist_hist'_'list_drawer']";
/** With facets before them, where there is room for all: the list never gives way to both its sides at once. */
const railFrom = {
  lg: "lg:grid-cols-[240px_minmax(0,1fr)_auto] lg:[grid-template-areas:'rail_hist_hist'_'rail_list_drawer']",
  xl: "xl:grid-cols-[240px_minmax(0,1fr)_auto] xl:[grid-template-areas:'rail_hist_hist'_'rail_list_drawer']",
} as const;
const drawerArea =
  "min-h-0 w-94 [grid-area:drawer] max-md:z-10 max-md:h-63 max-md:w-auto max-md:rounded-t-3 max-md:border-line-strong max-md:border-t max-md:shadow-overlay";

/** Many streams as one log: the tasks of a run, or everything a workspace writes, in the order of time. */
export function StreamLog({ workspace, run, initial }: StreamLogProps) {
  const log = useStreamLog(workspace, initial, run?.over ?? false);
  const router = useRouter();
  const row = openRow(log);
  useStreamKeys(log, () => {
    if (row) router.push(`/w/${workspace}/logs/${encodeURIComponent(row.episodeId)}?seq=${row.seq}`);
  });
  const rail = row === null ? "lg" : "xl";
  const label = run ? `Rows of all tasks of ${run.name}` : "Rows of all streams by time";
  return (
    <Page
      rail
      breadcrumb={
        run ? [{ label: "Logs", href: `/w/${workspace}/logs` }, { label: run.name }] : [{ label: "Logs" }]
      }
      asOf={<AsOf at={log.summary.asOf} state={log.stale ? "stale" : log.live ? "live" : "still"} />}
      actions={
        run ? (
          <Button asChild>
            <Link href={`/w/${workspace}/runs/${encodeURIComponent(run.id)}`}>Open run</Link>
          </Button>
        ) : (
          <LogTabs workspace={workspace} tab="time" />
        )
      }
      className="flex flex-col max-md:h-[calc(100dvh-48px)] max-md:grow-0 md:overflow-hidden"
    >
      <PageKeys group={streamKeys} />
      <StreamQueryLine log={log} />
      <div className={cn(areas, railFrom[rail])}>
        <StreamRail
          log={log}
          className={cn(
            "border-line border-r [grid-area:rail]",
            rail === "lg" ? "max-lg:hidden" : "max-xl:hidden",
          )}
        />
        <div className="border-line border-b [grid-area:hist]">
          <StreamHistogram log={log} />
        </div>
        <StreamListArea log={log} label={label} />
        {row && (
          <div className={drawerArea}>
            <StreamDrawer log={log} row={row} />
          </div>
        )}
      </div>
      <StreamStatus log={log} />
    </Page>
  );
}
