import type { ReactNode } from "react";

interface EventToggleProps {
  pressed: boolean;
  onToggle: () => void;
  children: ReactNode;
}

/** A filter that is on or off. */
export function EventToggle({ pressed, onToggle, children }: EventToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onToggle}
      className="inline-flex h-6 min-w-0 items-center gap-1 whitespace-nowrap rounded-1 border border-line-strong px-2 font-medium text-12 text-text-2 hover:bg-hover aria-pressed:border-accent-line aria-pressed:bg-accent-tint aria-pressed:text-text max-md:h-9"
    >
      {children}
    </button>
  );
}
