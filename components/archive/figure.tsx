import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

interface FigureProps {
  name: string;
  value: string;
  unit?: ReactNode;
  foot: ReactNode;
  /** What the figure is about: the same page, filtered. */
  href?: string;
}

/** A figure and what it is made of. Where it leads somewhere, all of it does. */
export function Figure({ name, value, unit, foot, href }: FigureProps) {
  return (
    <div className={cn(cell, "relative", href && "transition-colors hover:bg-hover")}>
      <dt className="eyebrow truncate">
        {href ? (
          <Link
            href={href}
            scroll={false}
            className="after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-(--focus-in)"
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </dt>
      <dd className="truncate">
        <span className="text-20 font-medium tracking-[-0.015em]">{value}</span>{" "}
        <span className="text-12 text-text-3">{unit}</span>
      </dd>
      <dd className="truncate text-11 text-text-3">{foot}</dd>
    </div>
  );
}

/** In the place of a figure whose source did not answer; the other figures stand. */
export function FailedFigure({ name }: { name: string }) {
  return (
    <Figure
      name={name}
      value="—"
      foot={<span className="font-medium text-fail-text">cannot be read now</span>}
    />
  );
}

/** How near something is to its limit: amber beyond four fifths, red past it. */
export function LimitBar({ share }: { share: number }) {
  const tone = share >= 1 ? "bg-fail-solid" : share >= 0.8 ? "bg-warn-solid" : "bg-line-control";
  return (
    <span aria-hidden="true" className="mt-1.5 block h-1 overflow-hidden rounded-full bg-active">
      <span
        className={cn("block h-full rounded-full", tone)}
        style={{ width: `${Math.min(100, share * 100)}%` }}
      />
    </span>
  );
}

export function FigureStrip({ children }: { children: ReactNode }) {
  return <dl className={strip}>{children}</dl>;
}

export function FiguresSkeleton() {
  return (
    <div aria-busy="true" className={strip}>
      <span className="sr-only">Loading</span>
      {["a", "b", "c", "d", "e", "f"].map((figure) => (
        <div key={figure} aria-hidden="true" className={cn(cell, "flex flex-col gap-2.5")}>
          <span className="mt-1 h-2 w-24 rounded-1 bg-active" />
          <span className="h-4 w-20 rounded-1 bg-active" />
          <span className="h-2 w-28 rounded-1 bg-active" />
        </div>
      ))}
    </div>
  );
}

const strip =
  "grid grid-cols-6 border-line border-b px-6 max-xl:grid-cols-3 max-md:grid-cols-2 max-md:px-4 [&>div]:min-h-22";
const cell =
  "min-w-0 border-line px-4 py-3 max-md:px-0 max-md:py-2.5 xl:not-first:border-l xl:first:pl-0 max-xl:md:[&:nth-child(3n+1)]:pl-0 max-xl:md:[&:not(:nth-child(3n+1))]:border-l max-xl:md:[&:nth-child(n+4)]:border-t max-md:even:border-l max-md:even:pl-4 max-md:[&:nth-child(n+3)]:border-t";
