import { cn } from "@/components/ui/cn";
import { Facets } from "./facets";

/** The facets beside the list, where there is room for them. */
export function FacetRail({ className }: { className?: string }) {
  return (
    <aside
      aria-label="Facets"
      className={cn("overflow-y-auto overflow-x-hidden border-line border-r [grid-area:rail]", className)}
    >
      <Facets />
    </aside>
  );
}
