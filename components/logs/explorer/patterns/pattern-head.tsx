"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { PatternOrder } from "@/lib/logs/patterns/search-params";
import { from2xl, fromLg, fromMd, rowGrid } from "./pattern-columns";

interface PatternHeadProps {
  order: PatternOrder;
  onOrder: (order: PatternOrder) => void;
}

const cell = "text-left font-normal";

/** What each column says, and the orders a reader may choose. */
export function PatternHead({ order, onOrder }: PatternHeadProps) {
  const sorted = (name: PatternOrder) => ({ name, order, onOrder });
  return (
    <thead className="sticky top-0 z-10 block border-line border-b bg-surface text-12 text-text-3 max-md:sr-only">
      <tr className={cn(rowGrid, "h-8")}>
        <th scope="col" className={cn(cell, "pl-8")}>
          Pattern
        </th>
        <Sorted label="Rows" down {...sorted("rows")} className="pl-14" />
        <th scope="col" className={cn(cell, fromMd)}>
          Course
        </th>
        <th scope="col" className={cn(cell, from2xl)}>
          Levels
        </th>
        <Sorted label="First" {...sorted("first")} className={fromLg} />
        <Sorted label="Last" down {...sorted("last")} className={fromLg} />
        <th scope="col" className={cell}>
          <span className="sr-only">Leave out</span>
        </th>
      </tr>
    </thead>
  );
}

interface SortedProps {
  label: string;
  name: PatternOrder;
  order: PatternOrder;
  onOrder: (order: PatternOrder) => void;
  /** The greatest comes first. */
  down?: boolean;
  className?: string;
}

function Sorted({ label, name, order, onOrder, down = false, className }: SortedProps) {
  const on = name === order;
  const Arrow = down ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={on ? (down ? "descending" : "ascending") : "none"}
      className={cn(cell, className)}
    >
      <button
        type="button"
        onClick={() => onOrder(name)}
        className={cn("flex items-center gap-1 rounded-1 hover:text-text", on && "font-medium text-text")}
      >
        {label}
        <Arrow size={12} aria-hidden="true" className={on ? "" : "invisible"} />
      </button>
    </th>
  );
}
