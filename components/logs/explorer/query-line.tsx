"use client";

import { Search } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Chip } from "@/components/ui/chip";
import { Kbd } from "@/components/ui/kbd";
import type { ExplorerParams } from "./use-explorer-params";

interface QueryLineProps {
  params: ExplorerParams;
  /** The level choice of a phone, which has no facets beside the list. */
  levelMenu: ReactNode;
  /** Time range of the episode, in words. */
  range: ReactNode;
}

/** Long enough for a word to be typed, short enough to feel immediate. */
const typingPauseMs = 350;

export function QueryLine({ params, levelMenu, range }: QueryLineProps) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-1.5 border-line border-b px-3 max-md:px-2">
      {levelMenu}
      <div className="flex h-8 min-w-0 grow items-center gap-1.5 rounded-2 border border-line-strong bg-surface pr-1.5 pl-2 focus-within:border-accent max-md:h-9">
        <Search size={14} aria-hidden="true" className="text-text-3" />
        {params.levels.map((level) => (
          <span key={level} className="max-md:hidden">
            <Chip
              name="level"
              removeLabel={`Remove level ${level}`}
              onRemove={() => params.toggleLevel(level)}
            >
              {level}
            </Chip>
          </span>
        ))}
        <TextFilter key={params.text} text={params.text} onChange={params.setText} />
        <Kbd className="max-md:hidden">f</Kbd>
      </div>
      <span className="whitespace-nowrap pl-2 text-12 text-text-3 max-lg:hidden">{range}</span>
    </div>
  );
}

/** Holds what is being typed; the URL gets it when the hand pauses, or at once on Enter. */
function TextFilter({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (typed.trim() === text) return;
    const timer = setTimeout(() => onChange(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, text, onChange]);
  return (
    <input
      ref={field}
      type="search"
      data-page-search
      aria-label="Filter rows by text"
      placeholder="Filter by text in message and metadata"
      maxLength={500}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onChange(typed);
        if (event.key === "Escape") {
          if (typed) onChange("");
          setTyped("");
          field.current?.blur();
        }
      }}
      className="h-7.5 min-w-15 grow bg-transparent text-text outline-none placeholder:text-text-3 focus-visible:shadow-none max-md:text-[16px] [&::-webkit-search-cancel-button]:hidden"
    />
  );
}
