"use client";

import { ChevronDown, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

interface FilterChipProps {
  label: string;
  /** What it filters by, in words; empty when it does not. */
  words: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRemove: () => void;
  /** The menu of this filter. */
  children: ReactNode;
}

/** One filter of the bar: it says what it does, opens its own menu where it stands, and can be dropped. */
export function FilterChip({ label, words, open, onOpenChange, onRemove, children }: FilterChipProps) {
  const on = words !== "";
  return (
    <span
      className={cn(
        "inline-flex h-7 max-w-80 shrink-0 items-center whitespace-nowrap rounded-2 border text-12 transition-colors max-md:h-9",
        on ? "border-accent-line bg-accent-tint" : "border-line-strong bg-surface",
      )}
    >
      <Popover open={open} onOpenChange={onOpenChange}>
        <PopoverTrigger asChild>
          <button
            type="button"
            className={cn(
              "inline-flex h-full min-w-0 items-center gap-1.5 rounded-2 px-2 max-md:px-3",
              on ? "pr-1.5" : "text-text-2 hover:bg-hover aria-expanded:bg-hover",
            )}
          >
            <span className={on ? "text-text-2" : undefined}>{label}</span>
            {on ? (
              <span className="truncate font-medium text-text">{words}</span>
            ) : (
              <ChevronDown size={12} aria-hidden="true" className="text-text-3" />
            )}
          </button>
        </PopoverTrigger>
        <PopoverContent label={label} align="start" className="w-72 max-w-[calc(100vw-16px)] p-0">
          {children}
        </PopoverContent>
      </Popover>
      {on && (
        <button
          type="button"
          aria-label={`Remove filter ${label.toLowerCase()}`}
          onClick={onRemove}
          className="inline-flex h-full w-6 shrink-0 items-center justify-center rounded-r-2 text-text-3 hover:bg-hover hover:text-text max-md:w-9"
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
