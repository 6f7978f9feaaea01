"use client";

import { Bookmark } from "lucide-react";
import { useState } from "react";
import { useViews, type ViewsPage, ViewsProvider } from "@/components/saved-views/views-context";
import { ViewsPopover } from "@/components/saved-views/views-popover";
import { Button } from "@/components/ui/button";
import { explorerSearch } from "@/lib/logs/search-params";
import { deleteViewAction, editViewAction, saveViewAction, updateViewAction } from "@/lib/logs/views/actions";
import { viewParams, viewPatch } from "@/lib/logs/views/view-params";
import { useExplorerContext } from "../explorer/explorer-context";

const actions = {
  save: saveViewAction,
  update: updateViewAction,
  edit: editViewAction,
  remove: deleteViewAction,
};

/** Looks that were saved, and the one that is open: whether it still is what was saved. */
export function ViewsMenu() {
  const { address, params } = useExplorerContext();
  const { workspace, episodeId } = address;
  const page: ViewsPage = {
    workspace,
    place: { page: "logs", episodeId },
    saved: params.saved,
    now: viewParams(explorerSearch(params)),
    paramsOf: viewParams,
    keeps: "the query, columns and clock",
    hrefOf: (id) => `/w/${workspace}/logs/${encodeURIComponent(episodeId)}?saved=${id}`,
    open: (view) => params.set({ ...viewPatch(view.params), saved: view.id }),
    setSaved: (id) => params.set({ saved: id }),
    actions,
  };
  return (
    <ViewsProvider value={page}>
      <Menu saved={params.saved} />
    </ViewsProvider>
  );
}

function Menu({ saved }: { saved: string | null }) {
  const [open, setOpen] = useState(false);
  const { data, current, changed } = useViews(open || saved !== null);
  return (
    <ViewsPopover open={open} onOpenChange={setOpen} align="end">
      <Button
        className="h-8 max-w-44 max-md:h-9 max-md:w-9 max-md:px-0"
        aria-label={current ? undefined : "Views"}
      >
        <Bookmark size={14} aria-hidden="true" className={current ? "fill-current" : undefined} />
        <span className="truncate max-md:sr-only">
          {current?.name ?? (saved !== null && data ? "View is gone" : "Views")}
        </span>
        {changed && <span className="text-12 text-text-3 max-lg:sr-only">changed</span>}
      </Button>
    </ViewsPopover>
  );
}
