"use client";

import { ToggleGroup as Radix } from "radix-ui";
import { cn } from "./cn";
import { segment, segmentGroup } from "./segment";

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
