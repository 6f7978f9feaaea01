"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/cn";
import { useOpenSection } from "./use-open-sections";

interface FacetSectionProps {
  /** Under which the reader's choice is remembered. */
  name: string;
  title: ReactNode;
  /** At the right of the head: how many values there are, or which while it is closed. */
  hint?: ReactNode;
  /** Spoken after the title. */
  hintLabel?: string;
  openAtFirst?: boolean;
  children: ReactNode;
}

/** A part of the rail that opens and closes; what a reader chose is there again next time. */
export function FacetSection({
  name,
  title,
  hint,
  hintLabel,
  openAtFirst = true,
  children,
}: FacetSectionProps) {
  const [open, setOpen] = useOpenSection(name, openAtFirst);
  const id = useId();
  return (
    <section className="border-line border-t py-0.5 first:border-t-0">
      <h2>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="focus-inset flex h-8 w-full items-center gap-1.5 px-3 text-left text-12 hover:bg-hover max-lg:h-11"
        >
          <ChevronRight
            size={12}
            aria-hidden="true"
            className={cn("shrink-0 text-text-3 transition-transform", open && "rotate-90")}
          />
          <span className="shrink-0 font-semibold">{title}</span>
          <span className="ml-auto min-w-0 truncate pl-2 text-11 text-text-3">
            {hint}
            {hintLabel && <span className="sr-only"> {hintLabel}</span>}
          </span>
        </button>
      </h2>
      <div id={id} hidden={!open} className="pb-2">
        {open && children}
      </div>
    </section>
  );
}
