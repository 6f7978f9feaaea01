"use client";

import { ArrowLeftRight } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { Tooltip } from "@/components/ui/tooltip";
import type { ComparedTask } from "@/lib/logs/compare/schema";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import { SideLabel } from "./side-label";
import { SideMark } from "./side-mark";
import { SidePicker } from "./side-picker";

export type CompareLook = "templates" | "rows";

interface Side {
  episodeId: string;
  task: ComparedTask | null;
}

interface CompareHeadProps {
  address: EpisodeAddress;
  a: Side;
  b: Side | null;
  look: CompareLook;
  onLook: (look: CompareLook) => void;
  onChoose: (episodeId: string) => void;
  onSwap: () => void;
}

/** Which two logs are compared, and how they are looked at. */
export function CompareHead({ address, a, b, look, onLook, onChoose, onSwap }: CompareHeadProps) {
  return (
    <div className="grid min-h-10 shrink-0 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1 lg:flex">
      <SideMark side="a" />
      <span className="flex min-w-0 shrink">
        <SideLabel {...a} />
      </span>
      <Tooltip text="Swap A and B">
        <Button variant="ghost" size="icon" aria-label="Swap A and B" disabled={!b} onClick={onSwap}>
          <ArrowLeftRight size={14} aria-hidden="true" />
        </Button>
      </Tooltip>
      <SideMark side="b" />
      <span className="flex min-w-0 max-lg:col-span-2">
        <SidePicker address={address} chosen={b} onChoose={onChoose} />
      </span>
      {b && (
        <ToggleGroup<CompareLook>
          label="How they are compared"
          value={look}
          onValueChange={onLook}
          options={[
            { value: "templates", label: "Templates" },
            { value: "rows", label: "Side by side" },
          ]}
          className="justify-self-end max-lg:col-span-full lg:ml-auto"
        />
      )}
    </div>
  );
}
