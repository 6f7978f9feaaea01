"use client";

import { Maximize, Minus, Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import type { ViewMoves } from "./use-view-moves";

/** For who has no wheel; joined, because they are one control. */
export function ZoomButtons({ view, className }: { view: ViewMoves; className?: string }) {
  return (
    <span
      className={cn(
        "flex [&>:not(:first-child)]:rounded-l-none [&>:not(:last-child)]:rounded-r-none",
        className,
      )}
    >
      <ZoomButton name="Zoom out (−)" icon={Minus} onClick={view.zoomOut} />
      <ZoomButton name="Zoom in (+)" icon={Plus} onClick={view.zoomIn} />
      <ZoomButton name="Fit the graph (f)" icon={Maximize} onClick={view.fit} />
    </span>
  );
}

function ZoomButton({ name, icon: Icon, onClick }: { name: string; icon: typeof Plus; onClick: () => void }) {
  return (
    <Button
      size="sm"
      className="w-6.5 px-0 not-first:-ml-px"
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      <Icon size={13} aria-hidden="true" />
    </Button>
  );
}
