import type { ReactNode } from "react";

interface TileProps {
  label: string;
  value: string;
  /** The unit or "of 18,403", after the figure and quieter. */
  unit?: string;
  /** 28 px: a sparkline, a bar. */
  picture?: ReactNode;
  foot?: ReactNode;
}

/** One figure of the two-column grid of figures. */
export function Tile({ label, value, unit, picture, foot }: TileProps) {
  return (
    <div className="min-w-0 border-line py-2.5 pr-4 odd:border-r even:pr-0 even:pl-4 [&:nth-child(n+3)]:border-t">
      <dt className="eyebrow">{label}</dt>
      <dd>
        <div className="flex items-baseline gap-1.5 whitespace-nowrap">
          <span className="text-20 font-medium tracking-[-0.015em]">{value}</span>
          {unit && <span className="truncate text-text-3">{unit}</span>}
        </div>
        {picture && <div className="my-1 flex h-7 items-center">{picture}</div>}
        <div className="truncate text-11 text-text-3">{foot}</div>
      </dd>
    </div>
  );
}
