"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import { cn } from "./cn";
import { fieldClass } from "./input";

interface SelectProps {
  /** Spoken name of the control. */
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onValueChange: (value: string) => void;
  disabled?: boolean;
  className?: string;
}

/** One of a short list. Values must not be empty strings (a rule of the primitive). */
export function Select({ label, value, options, onValueChange, disabled, className }: SelectProps) {
  return (
    <Radix.Root value={value} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger
        aria-label={label}
        className={cn(fieldClass, "flex w-auto items-center gap-1.5 text-left hover:bg-hover", className)}
      >
        <span className="truncate">
          <Radix.Value />
        </span>
        <Radix.Icon className="ml-auto text-text-3">
          <ChevronDown size={14} aria-hidden="true" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) max-w-96 animate-appear overflow-auto rounded-3 bg-raised shadow-overlay"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="relative flex h-7 select-none items-center rounded-2 pr-8 pl-2 outline-none data-[highlighted]:bg-active max-md:h-10"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check size={14} aria-hidden="true" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
