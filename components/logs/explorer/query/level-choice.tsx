"use client";

import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import { levelBar } from "../../level-style";
import { useExplorerContext } from "../explorer-context";

/** The levels that are wanted, each with the number of its rows. */
export function LevelChoice() {
  const { params, episode } = useExplorerContext();
  return (
    <fieldset className="flex flex-col">
      <legend className="eyebrow pb-1">Level is one of</legend>
      {logLevels.map((level) => (
        <label key={level} className="flex h-7 items-center gap-2 rounded-2 px-1 hover:bg-hover max-md:h-10">
          <input
            type="checkbox"
            checked={params.levels.includes(level)}
            onChange={() => params.toggleLevel(level)}
            className="accent-accent"
          />
          <span aria-hidden="true" className={cn("size-2 rounded-[2px]", levelBar[level])} />
          {level}
          <span className="ml-auto text-12 text-text-3">{formatCount(episode.levels[level])}</span>
        </label>
      ))}
    </fieldset>
  );
}
