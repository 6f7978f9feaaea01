"use client";

import { lazy, type ReactNode, Suspense } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/skeleton";

/** Loaded when it is opened: most looks at a page need no saved one. */
const ViewsPanel = lazy(() => import("./views-panel").then(({ ViewsPanel: Panel }) => ({ default: Panel })));

interface ViewsPopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  align: "start" | "end";
  /** The button that opens it. */
  children: ReactNode;
}

export function ViewsPopover({ open, onOpenChange, align, children }: ViewsPopoverProps) {
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{children}</PopoverTrigger>
      <PopoverContent label="Views" align={align} className="w-88 max-w-[calc(100vw-16px)] p-0">
        <Suspense fallback={<PanelSkeleton />}>
          <ViewsPanel onClose={() => onOpenChange(false)} />
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
