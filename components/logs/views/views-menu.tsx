"use client";

import { useQuery } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";
import { explorerSearch } from "@/lib/logs/search-params";
import { viewsOptions } from "@/lib/logs/views/query-options";
import { viewParams } from "@/lib/logs/views/view-params";
import { useExplorerContext } from "../explorer/explorer-context";

/** Loaded when it is opened: most looks at a log need no saved one. */
const ViewsPanel = lazy(() => import("./views-panel").then(({ ViewsPanel: Panel }) => ({ default: Panel })));

/** Looks that were saved, and the one that is open: whether it still is what was saved. */
export function ViewsMenu() {
  const { address, params } = useExplorerContext();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(viewsOptions(address, open || params.saved !== null));
  const current = data?.views.find(({ id }) => id === params.saved);
  const now = viewParams(explorerSearch(params));
  // Written anew: a later version of the page may write the same look in another way.
  const changed = current !== undefined && viewParams(current.params) !== now;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          className="h-8 max-w-44 max-md:h-9 max-md:w-9 max-md:px-0"
          aria-label={current ? undefined : "Views"}
        >
          <Bookmark size={14} aria-hidden="true" className={current ? "fill-current" : undefined} />
          <span className="truncate max-md:sr-only">
            {current?.name ?? (params.saved !== null && data ? "View is gone" : "Views")}
          </span>
          {changed && <span className="text-12 text-text-3 max-lg:sr-only">changed</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent label="Views" align="end" className="w-88 max-w-[calc(100vw-16px)] p-0">
        <Suspense fallback={<PanelSkeleton />}>
          <ViewsPanel now={now} current={current} changed={changed} onClose={() => setOpen(false)} />
        </Suspense>
      </PopoverContent>
    </Popover>
  );
}

function PanelSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3 p-3">
      <Skeleton className="w-24" />
      <Skeleton className="w-52" />
      <Skeleton className="w-40" />
    </div>
  );
}
