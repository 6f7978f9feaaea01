import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";

interface FacetLineProps {
  label: string;
  mark: React.ReactNode;
  count: number;
  /** Of the largest count, 0 to 1. */
  share: number;
  /** Class of the bar's colour. */
  bar: string;
  mono?: boolean;
  /** Rows of this value are shown; are left out. */
  on: boolean;
  out?: boolean;
  dimmed?: boolean;
  disabled?: boolean;
  onPick: () => void;
  /** Values that can be left out have this. */
  onLeaveOut?: () => void;
}

/** One value with its count. A click shows it alone; `≠` leaves it out; what is left out stays listed, struck through. */
export function FacetLine(props: FacetLineProps) {
  const {
    label,
    mark,
    count,
    share,
    bar,
    mono,
    on,
    out = false,
    dimmed,
    disabled,
    onPick,
    onLeaveOut,
  } = props;
  return (
    <li
      className={cn(
        "group/facet relative -mx-3 flex h-6.5 items-center px-3",
        on ? "bg-accent-tint" : "hover:bg-hover",
      )}
    >
      <button
        type="button"
        aria-pressed={on}
        aria-label={out ? `${label}, left out: show it again` : `Only ${label}, ${formatCount(count)} rows`}
        disabled={disabled}
        onClick={onPick}
        className="focus-inset absolute inset-0"
      />
      <span className={cn("flex min-w-0 grow items-center gap-1.75 text-12", dimmed && "text-text-3")}>
        {mark}
        <span
          className={cn(
            "truncate",
            mono && "mono text-11",
            on && "font-medium",
            out && "text-text-3 line-through",
          )}
        >
          {label}
        </span>
      </span>
      {onLeaveOut && (
        <button
          type="button"
          aria-pressed={out}
          aria-label={out ? `Show ${label} again` : `Leave out ${label}`}
          onClick={onLeaveOut}
          className="relative ml-1 h-5 shrink-0 rounded-1 border border-line-strong bg-surface px-1 text-12 text-text-2 leading-none opacity-0 hover:bg-hover focus-visible:opacity-100 group-hover/facet:opacity-100 aria-pressed:opacity-100 max-md:opacity-100"
        >
          {out ? "=" : "≠"}
        </button>
      )}
      <span className="pointer-events-none shrink-0 pl-2 text-11 text-text-3">
        {out ? "left out" : formatCount(count)}
      </span>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-x-3 bottom-px h-0.5 rounded-[1px] bg-hover"
      >
        <span
          className={cn("block h-full min-w-0.5 rounded-[1px]", bar, (count === 0 || out) && "hidden")}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </li>
  );
}
