"use client";

import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

interface FactRowProps {
  label: string;
  a: ReactNode;
  b: ReactNode;
  /** Null where both are the same; nothing at all where a difference means nothing. */
  difference: ReactNode;
}

/** One fact of both runs; on a phone the sides stand under its name. */
export function FactRow({ label, a, b, difference }: FactRowProps) {
  const differs = difference !== null && difference !== "";
  return (
    <tr
      data-differs={differs || undefined}
      className="h-7 max-md:grid max-md:h-auto max-md:grid-cols-2 max-md:gap-x-3 max-md:px-3 max-md:py-1"
    >
      <th
        scope="row"
        className="w-28 pl-4 text-left font-normal text-text-3 max-md:col-span-2 max-md:w-auto max-md:pl-0 max-md:text-12"
      >
        {label}
      </th>
      {[a, b].map((value, side) => (
        <td
          // The two sides of a row.
          key={side === 0 ? "a" : "b"}
          className={cn(
            "truncate pr-4 max-md:whitespace-normal max-md:pr-0",
            differs ? "text-text" : "text-text-2",
          )}
        >
          {value}
        </td>
      ))}
      <td
        className={cn(
          "truncate pr-4 max-md:col-span-2 max-md:pr-0",
          differs ? "font-medium" : "text-text-3 max-md:sr-only",
        )}
      >
        {difference ?? "the same"}
      </td>
    </tr>
  );
}

interface SpreadProps {
  words: string;
  open: boolean;
  controls: string;
  onToggle: () => void;
}

/** A difference that can be spread out below the table. */
export function Spread({ words, open, controls, onToggle }: SpreadProps) {
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-expanded={open}
      aria-controls={open ? controls : undefined}
      onClick={onToggle}
      className="-ml-2 max-w-full font-medium"
    >
      <span className="truncate">{words}</span>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className={cn("shrink-0 text-text-3", open && "rotate-180")}
      />
    </Button>
  );
}
