"use client";

import { Pin } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatPlural } from "@/lib/format";
import type { Explorer } from "../use-explorer";
import { BookmarkItem } from "./bookmark-item";

/** The reader's marks in this episode, in the order of its rows, with their notes. */
export function BookmarksMenu({ explorer }: { explorer: Explorer }) {
  const [open, setOpen] = useState(false);
  const { list, failure } = explorer.list.bookmarks;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          aria-label={list.length > 0 ? `Marks, ${list.length}` : "Marks"}
          className="h-5.5 gap-1 px-1.5 text-11 max-md:h-6"
        >
          <Pin size={13} aria-hidden="true" />
          {list.length > 0 && list.length}
        </Button>
      </PopoverTrigger>
      <PopoverContent label="Marked rows" align="end" className="w-80 p-0">
        <p className="flex items-baseline justify-between border-line border-b px-3 py-2 text-12">
          <span className="font-semibold">Marked rows</span>
          <span className="text-text-3">
            {list.length > 0 && `${formatPlural(list.length, "mark")}, only yours`}
          </span>
        </p>
        {failure && (
          <p role="alert" className="border-line border-b px-3 py-2 text-12 text-fail-text">
            {failure.message}
          </p>
        )}
        {list.length === 0 ? (
          <p className="px-3 py-3 text-12 text-text-2">
            No row is marked. Press m on a row to find it again: with u and U, here, and in the minimap.
          </p>
        ) : (
          <ul className="max-h-80 overflow-auto py-1">
            {list.map((mark) => (
              <BookmarkItem key={mark.seq} mark={mark} explorer={explorer} onGone={() => setOpen(false)} />
            ))}
          </ul>
        )}
      </PopoverContent>
    </Popover>
  );
}
