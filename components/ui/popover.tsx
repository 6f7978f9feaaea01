"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;
export const PopoverClose = Radix.Close;

interface PopoverContentProps extends ComponentProps<typeof Radix.Content> {
  /** Spoken name of what opens. */
  label: string;
}

/** A small form or list beside what opened it. The page behind stays usable, so nothing is hidden from the ear. */
export function PopoverContent({ label, className, ...props }: PopoverContentProps) {
  return (
    <Radix.Portal>
      <Radix.Content
        aria-label={label}
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          "z-50 max-h-(--radix-popover-content-available-height) animate-appear overflow-auto rounded-3 bg-raised p-3 shadow-overlay focus-visible:rounded-3 focus-visible:shadow-overlay",
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  );
}
