"use client";

import { ToggleGroup as Radix } from "radix-ui";
import { cn } from "./cn";

interface ToggleGroupProps<T extends string> {
  /** Spoken name of the choice. */
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onValueChange: (value: T) => void;
  className?: string;
}

/** A choice of one among two to four, all visible. */
export function ToggleGroup<T extends string>({
  label,
  value,
  options,
  onValueChange,
  className,
}: ToggleGroupProps<T>) {
  return (
    <Radix.Root
      type="single"
      aria-label={label}
      value={value}
      // The primitive reports "" when the pressed one is pressed again; a choice always has a value here.
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onValueChange(chosen.value);
      }}
      className={cn(segmentGroup, className)}
    >
      {options.map((option) => (
        <Radix.Item key={option.value} value={option.value} className={segment}>
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}

/** Shared with segmented links, which look alike but navigate. */
export const segmentGroup =
  "inline-flex h-7 shrink-0 items-stretch overflow-hidden rounded-2 border border-line-strong bg-surface max-md:h-9";
export const segment =
  "inline-flex items-center whitespace-nowrap rounded-[5px] px-2.25 font-medium text-text-2 transition-colors hover:text-text focus-visible:shadow-[inset_0_0_0_2px_var(--accent)] aria-[current]:bg-active aria-[current]:text-text data-[state=on]:bg-active data-[state=on]:text-text";
