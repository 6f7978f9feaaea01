"use client";

import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { FilterChoices } from "@/lib/runs/list/choices";
import { FilterChip } from "./filters/filter-chip";
import {
  type FilterKind,
  filterKinds,
  filterLabel,
  filterWords,
  standingKinds,
  withoutFilter,
} from "./filters/filter-kinds";
import { FilterMenu } from "./filters/filter-menu";
import { RunSearch } from "./filters/run-search";
import { noFilters, useRunParams } from "./use-run-params";

interface RunFilterBarProps {
  choices: FilterChoices;
  /** At the right end: how the list is shown. */
  children?: ReactNode;
}

/** The filters live in the URL, each as a chip with its own menu. */
export function RunFilterBar({ choices, children }: RunFilterBarProps) {
  const { params, pending, set } = useRunParams();
  const [open, setOpen] = useState<FilterKind | null>(null);
  const words = (kind: FilterKind) => filterWords(kind, params, choices);
  const shown = filterKinds.filter(
    (kind) => standingKinds.includes(kind) || words(kind) !== "" || open === kind,
  );
  const addable = filterKinds.filter((kind) => !shown.includes(kind));
  const filtered = params.q !== null || filterKinds.some((kind) => words(kind) !== "");

  return (
    <search
      aria-label="Filter runs"
      aria-busy={pending}
      className="flex min-h-12 flex-wrap items-center gap-1.5 border-line border-b px-6 py-2 aria-busy:border-accent max-md:px-4"
    >
      <RunSearch params={params} set={set} />
      {shown.map((kind) => (
        <FilterChip
          key={kind}
          label={filterLabel[kind]}
          words={words(kind)}
          open={open === kind}
          onOpenChange={(next) => setOpen(next ? kind : null)}
          onRemove={() => {
            set(withoutFilter[kind]);
            setOpen(null);
          }}
        >
          <FilterMenu
            kind={kind}
            params={params}
            choices={choices}
            onSet={(patch, close) => {
              set(patch);
              if (close) setOpen(null);
            }}
          />
        </FilterChip>
      ))}
      {addable.length > 0 && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" className="text-12" aria-label="Add a filter">
              <ListFilter size={13} aria-hidden="true" />
              Filter
            </Button>
          </DropdownMenuTrigger>
          {/* The focus goes on to the menu of the chosen filter, not back to this button. */}
          <DropdownMenuContent align="start" onCloseAutoFocus={(event) => open && event.preventDefault()}>
            {addable.map((kind) => (
              <DropdownMenuItem key={kind} onSelect={() => setOpen(kind)}>
                {filterLabel[kind]}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {filtered && (
        <Button variant="ghost" className="text-12" onClick={() => set(noFilters)}>
          Clear
        </Button>
      )}
      {children && <div className="ml-auto flex items-center gap-1.5">{children}</div>}
    </search>
  );
}
