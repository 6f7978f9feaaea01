"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface TooltipProps {
  /** What the control says on its own already, in more words. Never the only place of a fact. */
  text: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  /** The control: one element that takes a ref. */
  children: ReactNode;
}

/** A line of help at a control, on hover and on focus. */
export function Tooltip({ text, side = "bottom", children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-80 animate-appear rounded-2 bg-raised px-2 py-1 text-12 text-text-2 shadow-overlay"
          >
            {text}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
