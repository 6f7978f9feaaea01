"use client";

import { Page } from "@/components/shell/page";
import { PageKeys } from "@/components/shell/page-keys";
import { cn } from "@/components/ui/cn";
import { formatPlural } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import { ViewsMenu } from "../views/views-menu";
import { LazyRowDrawer } from "./drawer/lazy-row-drawer";
import { ExplorerAge } from "./explorer-age";
import { ExplorerProvider } from "./explorer-context";
import { ExplorerList } from "./explorer-list";
import { FacetRail } from "./facets/facet-rail";
import { FacetSheet } from "./facets/facet-sheet";
import { GoToRow } from "./go-to-row";
import { HeaderActions } from "./header-actions";
import { Histogram } from "./histogram/histogram";
import { Minimap } from "./minimap";
import { QueryLine } from "./query/query-line";
import { StatusBar } from "./status-bar";
import { type Explorer, useExplorer } from "./use-explorer";
import { explorerKeys } from "./use-explorer-keys";
import { otherViews } from "./views";

interface LogExplorerProps {
  workspace: string;
  /** As the server read it for this page; the browser asks again while rows may come. */
  initial: EpisodeSummary;
}

/** Histogram, list, minimap and drawer; on a phone the drawer is a sheet under the list. */
const areas =
  "grid min-h-0 grow grid-cols-[minmax(0,1fr)_14px] grid-rows-[auto_minmax(0,1fr)_auto] [grid-template-areas:'hist_hist'_'list_map'_'drawer_drawer'] md:grid-cols-[minmax(0,1fr)_28px_auto] md:grid-rows-[auto_minmax(0,1fr)] md:[grid-template-areas:'hist_hist_hist'_'list_map_drawer']";
/** With facets before them, where there is room for all: the list never gives way to both its sides at once. */
const railFrom = {
  lg: "lg:grid-cols-[240px_minmax(0,1fr)_28px_auto] lg:[grid-template-areas:'rail_hist_hist_hist'_'rail_list_map_drawer']",
  xl: "xl:grid-cols-[240px_minmax(0,1fr)_28px_auto] xl:[grid-template-areas:'rail_hist_hist_hist'_'rail_list_map_drawer']",
} as const;
const drawerArea =
  "min-h-0 w-(--drawer-width) [grid-area:drawer] max-md:z-10 max-md:h-63 max-md:w-auto max-md:rounded-t-3 max-md:border-line-strong max-md:border-t max-md:shadow-overlay";

/** One episode as one stream: rows by sequence number, wherever each of them is stored. */
export function LogExplorer({ workspace, initial }: LogExplorerProps) {
  const explorer = useExplorer(workspace, initial);
  const { params, episode } = explorer;
  const rail = params.seq === null ? "lg" : "xl";
  return (
    <ExplorerProvider explorer={explorer}>
      <Page
        rail
        breadcrumb={[
          { label: "Logs", href: `/w/${workspace}/logs` },
          { label: <span className="mono">{episode.episodeId}</span> },
        ]}
        asOf={<ExplorerAge episode={episode} stale={explorer.stale} />}
        actions={<HeaderActions />}
        className="flex flex-col max-md:h-[calc(100dvh-48px)] max-md:grow-0 md:overflow-hidden"
      >
        {explorerKeys.map((group) => (
          <PageKeys key={group.title} group={group} />
        ))}
        <QueryLine before={<FacetSheet className={rail === "lg" ? "lg:hidden" : "xl:hidden"} />}>
          <ViewsMenu />
        </QueryLine>
        <div className={cn(areas, railFrom[rail])}>
          <FacetRail from={rail} />
          <div className="border-line border-b [grid-area:hist]">
            <Histogram />
          </div>
          <Middle explorer={explorer} />
        </div>
        <StatusBar
          episode={episode}
          row={explorer.row}
          stale={explorer.stale}
          note={explorer.errorNote ?? keptNote(explorer)}
        />
        <GoToRow explorer={explorer} />
      </Page>
    </ExplorerProvider>
  );
}

/** The rows with their minimap and drawer, or the view that stands in their place. */
function Middle({ explorer }: { explorer: Explorer }) {
  const { params } = explorer;
  const other = otherViews.find(({ view }) => view === params.view);
  if (other) {
    return (
      <div className="flex min-h-0 min-w-0 flex-col overflow-auto [grid-column:list-start/drawer-end] [grid-row:list] max-md:[grid-column:list-start/map-end]">
        <other.Panel />
      </div>
    );
  }
  return (
    <>
      <ExplorerList explorer={explorer} />
      <div className="[grid-area:map]">
        <Minimap explorer={explorer} />
      </div>
      {params.seq !== null && (
        <div className={drawerArea} style={explorer.drawer.style}>
          <LazyRowDrawer explorer={explorer} seq={params.seq} />
        </div>
      )}
    </>
  );
}

/** A filter by level and time needs no search to be counted. */
function keptNote({ counted, params }: Explorer) {
  if (counted === null || !params.asked.filtered) return null;
  return `filter keeps ${formatPlural(counted, "row")}`;
}
