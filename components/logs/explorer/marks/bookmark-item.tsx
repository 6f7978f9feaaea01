"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/format";
import type { Bookmark } from "@/lib/logs/bookmarks/schema";
import type { Gap } from "@/lib/logs/view/gaps";
import type { Explorer } from "../use-explorer";

interface BookmarkItemProps {
  mark: Bookmark;
  explorer: Explorer;
  /** The row was opened. */
  onGone: () => void;
}

const gone: Partial<Record<Gap["reason"], string>> = {
  expired: "expired: the retention of this workspace deleted this row",
  missing: "missing: its archive file is gone",
  damaged: "damaged in the archive",
};

export function BookmarkItem({ mark, explorer, onGone }: BookmarkItemProps) {
  const { bookmarks } = explorer.list;
  const [editing, setEditing] = useState(false);
  const seq = Number(mark.seq);
  const row = explorer.rows.entry(seq);
  const place = explorer.stream.at(explorer.stream.indexOf(seq));
  const lost = place?.kind === "gap" ? gone[place.gap.reason] : undefined;
  const name = `row ${formatCount(mark.seq)}`;
  return (
    <li className="px-1">
      <div className="flex items-start gap-1">
        <button
          type="button"
          aria-label={`Go to ${name}`}
          onClick={() => {
            explorer.select(seq, "center");
            onGone();
          }}
          className="min-w-0 grow rounded-1 px-2 py-1 text-left hover:bg-hover"
        >
          <span className="mono block text-12">{formatCount(mark.seq)}</span>
          {!editing && (
            <span className="block truncate text-12 text-text-2">
              {mark.note || row?.message.split("\n")[0] || "no note"}
            </span>
          )}
          {lost && <span className="block text-12 text-fail-text">{lost}</span>}
        </button>
        <Button
          variant="ghost"
          size="sm"
          className="mt-0.5"
          aria-label={`Note of ${name}`}
          onClick={() => setEditing(!editing)}
        >
          Note
        </Button>
        <Button
          variant="ghost"
          size="icon"
          className="mt-0.5 size-6"
          aria-label={`Remove the mark of ${name}`}
          onClick={() => bookmarks.remove(seq)}
        >
          <X size={13} aria-hidden="true" />
        </Button>
      </div>
      {editing && (
        <form
          className="flex gap-1 px-2 pb-1.5"
          onSubmit={(event) => {
            event.preventDefault();
            bookmarks.annotate(seq, String(new FormData(event.currentTarget).get("note") ?? ""));
            setEditing(false);
          }}
        >
          <Input
            name="note"
            aria-label={`Note for ${name}`}
            defaultValue={mark.note}
            maxLength={500}
            autoComplete="off"
            ref={(field) => field?.focus()}
          />
          <Button type="submit" size="sm" className="h-7">
            Save note
          </Button>
        </form>
      )}
    </li>
  );
}
