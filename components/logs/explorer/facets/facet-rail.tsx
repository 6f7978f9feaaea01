"use client";

import { cn } from "@/components/ui/cn";
import { Facets } from "./facets";
import { useFits } from "./use-fits";

/** Where there is room for the rail, as a media query and as classes. */
const room = {
  lg: { query: "(width >= 64rem)", className: "max-lg:hidden" },
  xl: { query: "(width >= 80rem)", className: "max-xl:hidden" },
} as const;

/** The facets beside the list, where there is room for them; elsewhere nothing is counted for it. */
export function FacetRail({ from }: { from: keyof typeof room }) {
  const { query, className } = room[from];
  const fits = useFits(query);
  return (
    <aside
      aria-label="Facets"
      className={cn("overflow-y-auto overflow-x-hidden border-line border-r [grid-area:rail]", className)}
    >
      {fits !== false && <Facets active={fits === true} />}
    </aside>
  );
}
