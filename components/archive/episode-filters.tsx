"use client";

import { Search } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useTransition } from "react";
import { ToggleChip } from "@/components/ui/chip";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { type ArchiveState, archiveStates } from "@/lib/archive/schema";
import { archiveParams } from "@/lib/archive/search-params";
import { formatCount } from "@/lib/format";
import { stateLook } from "./archive-look";

/** Which episodes are listed. Every choice starts on the first page, and the state of the list is the URL. */
export function EpisodeFilters({ states }: { states: Record<ArchiveState, number> | null }) {
  const [pending, startTransition] = useTransition();
  const [{ state, q }, set] = useQueryStates(archiveParams, { shallow: false, startTransition });
  return (
    <div className={cn("flex flex-wrap items-center gap-1.5 pb-2", pending && "cursor-progress")}>
      <span className="relative w-56 max-md:w-full">
        <Search
          size={13}
          aria-hidden="true"
          className="absolute top-1/2 left-2 -translate-y-1/2 text-text-3"
        />
        <Input
          type="search"
          aria-label="Search episodes by id"
          placeholder="Part of an episode's id"
          data-page-search=""
          value={q}
          onChange={(event) =>
            void set(
              { q: event.target.value || null, cursor: null, episode: null, chunk: null },
              { limitUrlUpdates: debounce(300), history: "replace" },
            )
          }
          className="pl-7"
        />
      </span>
      <fieldset aria-label="Filter episodes by state" className="contents">
        {archiveStates.map((one) => (
          <ToggleChip
            key={one}
            pressed={state === one}
            onClick={() =>
              void set({ state: state === one ? null : one, cursor: null, episode: null, chunk: null })
            }
          >
            {stateLook[one].label}{" "}
            {states && <span className="font-normal text-text-3">{formatCount(states[one])}</span>}
          </ToggleChip>
        ))}
      </fieldset>
    </div>
  );
}
