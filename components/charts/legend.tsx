import type { Series } from "./stacked-bars";

export function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex gap-3 text-11 text-text-3">
      {series.map(({ label, color }) => (
        <li key={label} className="flex items-center gap-1.25">
          <span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: color }} />
          {label}
        </li>
      ))}
    </ul>
  );
}
