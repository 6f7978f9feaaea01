"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/lib/format";
import { copyFormatName, copyFormats, mostCopiedRows } from "@/lib/logs/view/copy-rows";
import type { Explorer } from "../use-explorer";

/** What one does with rows chosen together. It lies over the end of the list and moves no row. */
export function RangeBar({ list }: { list: Explorer["list"] }) {
  const { range, copying } = list;
  const { state } = copying;
  if (!range && state.kind !== "failed" && state.kind !== "done") return null;
  const tooMany = range !== null && range.rows > mostCopiedRows;
  return (
    <section
      aria-label="Selected rows"
      className="absolute bottom-3 left-1/2 z-10 flex max-w-[calc(100%-16px)] -translate-x-1/2 flex-wrap items-center gap-x-3 gap-y-1 rounded-3 bg-raised py-1.5 pr-1.5 pl-3 text-12 shadow-overlay"
    >
      <span role="status" className={state.kind === "failed" ? "text-fail-text" : "font-medium"}>
        {state.kind === "reading" && `Reading row ${formatCount(state.read)} of ${formatCount(state.of)}`}
        {(state.kind === "done" || state.kind === "failed") && state.words}
        {state.kind === "idle" && range && `${formatPlural(range.rows, "row")} selected`}
      </span>
      {state.kind === "reading" && (
        <Button size="sm" onClick={copying.stop}>
          Stop
        </Button>
      )}
      {state.kind !== "reading" && range && tooMany && (
        <span className="text-text-2">
          More than {formatCount(mostCopiedRows)} rows are a file: use Export, which has no limit.
        </span>
      )}
      {state.kind !== "reading" && range && !tooMany && (
        <span className="flex items-center gap-1">
          <span className="pr-1 text-text-3">Copy as</span>
          {copyFormats.map((format) => (
            <Button key={format} size="sm" onClick={() => list.copyRange(format)}>
              {copyFormatName[format].replace(/^t/, "T")}
            </Button>
          ))}
        </span>
      )}
      <Button
        variant="ghost"
        size="icon"
        aria-label="Clear the selection"
        className="size-6 max-md:size-9"
        onClick={list.clearRange}
      >
        <X size={14} aria-hidden="true" />
      </Button>
    </section>
  );
}
