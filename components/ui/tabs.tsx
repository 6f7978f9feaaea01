"use client";

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

export const Tabs = Radix.Root;
export const TabsContent = Radix.Content;

export function TabsList({ className, ...props }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List
      className={cn(
        "flex h-9 gap-5 border-line border-b max-md:gap-4 max-md:overflow-x-auto max-md:[scrollbar-width:none]",
        className,
      )}
      {...props}
    />
  );
}

interface TabProps extends ComponentProps<typeof Radix.Trigger> {
  /** How many things the tab holds. */
  count?: ReactNode;
}

export function TabsTrigger({ className, children, count, ...props }: TabProps) {
  return (
    <Radix.Trigger
      className={cn(
        "-mb-px inline-flex items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 pt-px font-medium text-text-2 transition-colors hover:text-text data-[state=active]:border-text data-[state=active]:text-text",
        className,
      )}
      {...props}
    >
      {children}
      {count !== undefined && <span className="font-normal text-text-3">{count}</span>}
    </Radix.Trigger>
  );
}
