"use client";

import { Check, Link2, Pencil } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { formatRelative } from "@/lib/format";
import type { SavedView, ViewPlace } from "@/lib/saved-views/schema";
import { EditView } from "./edit-view";
import { useViewsPage } from "./views-context";

interface ViewRowProps {
  view: SavedView;
  isCurrent: boolean;
  mayShare: boolean;
  onOpened: () => void;
}

export function ViewRow({ view, isCurrent, mayShare, onOpened }: ViewRowProps) {
  const { place, hrefOf, open } = useViewsPage();
  const [editing, setEditing] = useState(false);
  if (editing) return <EditView view={view} mayShare={mayShare} onDone={() => setEditing(false)} />;
  return (
    <li className="group relative flex items-center rounded-2 focus-within:bg-hover hover:bg-hover">
      <button
        type="button"
        aria-current={isCurrent || undefined}
        onClick={() => {
          open(view);
          onOpened();
        }}
        className="flex min-w-0 grow items-start gap-1.5 rounded-2 py-1 pr-16 pl-2 text-left max-md:py-2"
      >
        <Check
          size={14}
          aria-hidden="true"
          className={cn("mt-0.75 shrink-0", isCurrent ? "text-accent-text" : "text-transparent")}
        />
        <span className="min-w-0">
          <span className={cn("block truncate", isCurrent && "font-medium")}>{view.name}</span>
          <span className="block truncate text-11 text-text-3">{about(view, place)}</span>
        </span>
      </button>
      <span className="absolute right-1 flex md:opacity-0 md:group-focus-within:opacity-100 md:group-hover:opacity-100">
        <CopyButton
          icon={Link2}
          text={() => location.origin + hrefOf(view.id)}
          label={`Copy link to ${view.name}`}
        />
        {view.mayChange && (
          <button
            type="button"
            aria-label={`Edit ${view.name}`}
            onClick={() => setEditing(true)}
            className="inline-flex size-6 items-center justify-center rounded-1 text-text-3 hover:bg-active hover:text-text max-md:size-8"
          >
            <Pencil size={13} aria-hidden="true" />
          </button>
        )}
      </span>
    </li>
  );
}

function about({ own, shared, by, updatedAt, episodeId }: SavedView, place: ViewPlace): string {
  const who = own ? (shared ? "shared by you" : "yours alone") : `by ${by}`;
  const where = place.page === "logs" ? (episodeId === null ? "any episode, " : "this episode, ") : "";
  return `${where}${who}, ${formatRelative(updatedAt)}`;
}
