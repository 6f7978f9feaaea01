"use client";

import { ListFilter, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogTrigger, SheetContent } from "@/components/ui/dialog";
import { formatPlural } from "@/lib/format";
import { useExplorerContext } from "../explorer-context";
import { Facets } from "./facets";

/** The facets where there is no room for a rail; its button counts what is picked from them. */
export function FacetSheet({ className }: { className?: string }) {
  const { params } = useExplorerContext();
  const { levels, meta, template, without } = params;
  const chosen = (levels.length > 0 ? 1 : 0) + meta.length + (template ? 1 : 0) + without.length;
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button className={className} aria-label={`Filters, ${chosen} in force`}>
          <ListFilter size={15} aria-hidden="true" />
          <span className="max-md:sr-only">Filters</span>
          {chosen > 0 && (
            <span className="rounded-full bg-accent-tint px-1.5 text-11 text-accent-text">{chosen}</span>
          )}
        </Button>
      </DialogTrigger>
      <SheetContent
        label="Filters"
        side="bottom"
        // A height of its own: a sheet that grew as its counts arrive would move what a finger is about to press.
        className="flex h-[80dvh] flex-col overflow-hidden lg:inset-x-auto lg:top-0 lg:left-0 lg:h-auto lg:max-h-none lg:w-80 lg:rounded-none"
      >
        <div className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-raised pr-2 pl-3">
          <span aria-hidden="true" className="font-semibold text-15">
            Filters
          </span>
          <span className="text-12 text-text-3">
            {chosen > 0 && `${formatPlural(chosen, "condition")} in force`}
          </span>
          {chosen > 0 && (
            <Button variant="ghost" className="ml-auto" onClick={params.clearFilters}>
              Clear all
            </Button>
          )}
          <DialogClose asChild>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Close filters"
              className={chosen > 0 ? "" : "ml-auto"}
            >
              <X size={16} aria-hidden="true" />
            </Button>
          </DialogClose>
        </div>
        <div className="min-h-0 overflow-y-auto">
          <Facets />
        </div>
      </SheetContent>
    </Dialog>
  );
}
