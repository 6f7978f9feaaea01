import type { ReactNode } from "react";

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Yes or no, with its words as the target. */
export function Tick({ checked, onChange, children }: TickProps) {
  return (
    <label className="mt-1.5 flex min-h-6 items-center gap-2 text-12 text-text-2 max-md:min-h-9">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-accent"
      />
      {children}
    </label>
  );
}
