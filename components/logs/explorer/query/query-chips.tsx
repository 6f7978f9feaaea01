"use client";

import { cn } from "@/components/ui/cn";
import { useExplorerContext } from "../explorer-context";
import { QueryChip } from "./query-chip";
import { useQueryChips } from "./use-query-chips";

/** The conditions of the query. When there are many they scroll, so that the text keeps its place. */
export function QueryChips() {
  const { params } = useExplorerContext();
  const chips = useQueryChips().filter(({ part }) => part.kind !== "text" && part.kind !== "time");
  if (chips.length === 0) return null;
  return (
    <ul
      aria-label="Conditions"
      // Put aside, they are there and not in force.
      className={cn(
        "flex min-w-0 max-w-[64%] items-center gap-1.5 overflow-x-auto py-1 [scrollbar-width:none] max-md:max-w-[50%] max-md:group-focus-within:hidden",
        params.context && "[&_span]:text-text-3 [&_span]:line-through",
      )}
    >
      {chips.map((chip) => (
        <li key={chip.id} className="flex shrink-0">
          <QueryChip chip={chip} />
        </li>
      ))}
    </ul>
  );
}
