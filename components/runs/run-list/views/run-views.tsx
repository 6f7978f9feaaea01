"use client";

import { Bookmark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useViews, type ViewsPage, ViewsProvider } from "@/components/saved-views/views-context";
import { ViewsPopover } from "@/components/saved-views/views-popover";
import { cn } from "@/components/ui/cn";
import { shownColumns } from "@/lib/runs/list/look";
import { runListQuery } from "@/lib/runs/search-params";
import {
  deleteRunViewAction,
  editRunViewAction,
  saveRunViewAction,
  updateRunViewAction,
} from "@/lib/runs/views/actions";
import { runViewsPlace } from "@/lib/runs/views/tabs";
import { runViewParams, runViewSearch } from "@/lib/runs/views/view-params";
import type { SavedViewList } from "@/lib/saved-views/schema";
import { useRunList } from "../run-list-context";
import { RunTab, tabClass } from "../run-tab";
import { useRunParams } from "../use-run-params";
import { ViewTabs } from "./view-tabs";

const actions = {
  save: saveRunViewAction,
  update: updateRunViewAction,
  edit: editRunViewAction,
  remove: deleteRunViewAction,
};

/** All runs, the saved views of them, and the menu in which this look becomes one more. */
export function RunViews({ initial }: { initial: SavedViewList }) {
  const { workspace, look } = useRunList();
  const { params, set } = useRunParams();
  const router = useRouter();
  const address = `/w/${workspace}/runs`;
  const page: ViewsPage = {
    workspace,
    place: runViewsPlace,
    initial,
    saved: params.saved,
    now: runViewParams(runListQuery({ ...params, columns: shownColumns(look) })),
    paramsOf: runViewParams,
    keeps: "the filters and columns",
    hrefOf: (id) => `${address}?saved=${id}`,
    open: (view) => router.push(address + runViewSearch(view)),
    setSaved: (saved) => set(saved === null ? { saved } : { saved, columns: shownColumns(look) }),
    actions,
  };
  return (
    <ViewsProvider value={page}>
      <Tabs workspace={workspace} saved={params.saved} initial={initial} />
    </ViewsProvider>
  );
}

interface TabsProps {
  workspace: string;
  saved: string | null;
  initial: SavedViewList;
}

function Tabs({ workspace, saved, initial }: TabsProps) {
  const [open, setOpen] = useState(false);
  const { current, changed, isFetching } = useViews(true);
  // One that was saved a moment ago is not known before the views are asked for again.
  const isGone = saved !== null && !current && !isFetching;
  return (
    <>
      <RunTab href={`/w/${workspace}/runs`} current={saved === null}>
        All runs
      </RunTab>
      {isGone && <span className={cn(tabClass, "border-text text-text hover:text-text")}>View is gone</span>}
      <ViewTabs workspace={workspace} initial={initial} openId={current?.id ?? null} changed={changed} />
      <ViewsPopover open={open} onOpenChange={setOpen} align="start">
        <button type="button" className={cn(tabClass, "shrink-0 aria-expanded:text-text")}>
          <Bookmark size={13} aria-hidden="true" />
          Views
        </button>
      </ViewsPopover>
    </>
  );
}
