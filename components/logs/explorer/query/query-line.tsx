"use client";

import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useExplorerContext } from "../explorer-context";
import { ModeSwitch } from "./mode-switch";
import { QueryChips } from "./query-chips";
import { QueryError } from "./query-error";
import { TextFilter } from "./text-filter";
import { TimeRange } from "./time-range";

interface QueryLineProps {
  /** What stands before the field: the facets of a screen that has no room for them beside the list. */
  before?: ReactNode;
  /** What stands behind it. */
  children?: ReactNode;
}

/** What is asked for: conditions as chips, a text, a time range. */
export function QueryLine({ before, children }: QueryLineProps) {
  const { params } = useExplorerContext();
  return (
    <>
      <div className="flex h-12 shrink-0 items-center gap-1.5 border-line border-b px-3 max-md:px-2">
        {before}
        <div className="group relative flex h-8 min-w-0 grow items-center gap-1.5 rounded-2 border border-line-strong bg-surface pr-1 pl-2 focus-within:border-accent max-md:h-9">
          <Search size={14} aria-hidden="true" className="shrink-0 text-text-3" />
          <QueryChips />
          <TextFilter />
          <ModeSwitch
            label="How the text is meant"
            mode={params.mode}
            onChange={(mode) => params.set({ mode }, params.q === "" ? "replace" : "push")}
            // A phone has room for it while the field is in use.
            className="max-md:hidden max-md:group-focus-within:flex"
          />
          <Kbd className="max-md:hidden">f</Kbd>
        </div>
        <TimeRange />
        {children}
      </div>
      <QueryError />
    </>
  );
}
