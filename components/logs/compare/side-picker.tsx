"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { comparisonChoicesOptions } from "@/lib/logs/compare/query-options";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import { ChoiceList } from "./choice-list";
import { SideLabel } from "./side-label";

interface SidePickerProps {
  address: EpisodeAddress;
  chosen: { episodeId: string; task: Parameters<typeof SideLabel>[0]["task"] } | null;
  onChoose: (episodeId: string) => void;
}

/** The other episode, and a list to take another one from. */
export function SidePicker({ address, chosen, onChoose }: SidePickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          className="min-w-0 shrink font-normal"
          aria-label={`Compare with another episode, now ${chosen?.episodeId ?? "none"}`}
        >
          {chosen ? <SideLabel {...chosen} /> : <span className="text-text-2">Choose an episode</span>}
          <ChevronDown size={14} aria-hidden="true" className="text-text-3" />
        </Button>
      </PopoverTrigger>
      <PopoverContent label="Compare with" align="start" className="w-[min(560px,calc(100vw-16px))] p-0">
        <Choices
          address={address}
          chosen={chosen?.episodeId ?? null}
          onChoose={(episodeId) => {
            setOpen(false);
            onChoose(episodeId);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

interface ChoicesProps {
  address: EpisodeAddress;
  chosen: string | null;
  onChoose: (episodeId: string) => void;
}

/** The same task in other runs first; below it every episode, by name. */
export function Choices({ address, chosen, onChoose }: ChoicesProps) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const choices = useQuery(comparisonChoicesOptions(address, search));
  return (
    <div className="flex min-h-0 flex-col">
      <div className="relative border-line border-b p-2">
        <Search
          size={14}
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-text-3"
        />
        <Input
          type="search"
          aria-label="Find an episode by name"
          placeholder="Find an episode by name"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="pl-7"
        />
      </div>
      <ChoiceList choices={choices} search={search} chosen={chosen} onChoose={onChoose} />
    </div>
  );
}
