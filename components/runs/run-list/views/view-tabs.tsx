"use client";

import { useQuery } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import { formatClock } from "@/lib/format";
import type { ViewCount } from "@/lib/runs/views/counts-schema";
import { viewCountsOptions } from "@/lib/runs/views/query-options";
import { runViewsPlace, tabsOf } from "@/lib/runs/views/tabs";
import { runViewSearch } from "@/lib/runs/views/view-params";
import { viewsOptions } from "@/lib/saved-views/query-options";
import type { SavedViewList } from "@/lib/saved-views/schema";
import { RunTab } from "../run-tab";

interface ViewTabsProps {
  workspace: string;
  initial: SavedViewList;
  openId: string | null;
  /** What is open is no longer what was saved. */
  changed?: boolean;
}

/** A tab for each of the first views, with how many runs it shows. A phone has room for the one that is open. */
export function ViewTabs({ workspace, initial, openId, changed = false }: ViewTabsProps) {
  const { data } = useQuery({ ...viewsOptions(workspace, runViewsPlace), initialData: initial });
  const { data: counted } = useQuery(viewCountsOptions(workspace, data.views));
  return tabsOf(data.views, openId).map((view) => {
    const isOpen = view.id === openId;
    return (
      <RunTab
        key={view.id}
        href={`/w/${workspace}/runs${runViewSearch(view)}`}
        current={isOpen}
        title={counted && `Counted at ${formatClock(counted.asOf)} UTC`}
        className={cn("shrink-0", !isOpen && "max-md:hidden")}
      >
        <span className="max-w-40 truncate">{view.name}</span>
        <Count count={counted?.counts[view.id]} />
        {isOpen && changed && <span className="font-normal text-12 text-text-3">changed</span>}
      </RunTab>
    );
  });
}

/** As wide as the largest count, so that no tab moves when it comes. */
function Count({ count }: { count: ViewCount | undefined }) {
  return (
    <span className="min-w-[3ch] font-normal text-12 text-text-3">
      {count && (
        <>
          {count.runs}
          {count.more && "+"}
          <span className="sr-only"> {count.runs === 1 ? "run" : "runs"}</span>
        </>
      )}
    </span>
  );
}
