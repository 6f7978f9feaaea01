"use client";

import { StatusGlyph } from "@/components/ui/status-glyph";
import { type RunStatus, runStatus, runStatuses } from "@/lib/runs/status";

interface StatusMenuProps {
  chosen: readonly RunStatus[];
  onChange: (chosen: RunStatus[] | null) => void;
}

/** Several at once; a press acts at once and leaves the menu open for the next. */
export function StatusMenu({ chosen, onChange }: StatusMenuProps) {
  const toggle = (status: RunStatus) => {
    const next = runStatuses.filter((other) => chosen.includes(other) !== (other === status));
    onChange(next.length > 0 ? next : null);
  };
  return (
    <fieldset className="p-1">
      <legend className="sr-only">Status</legend>
      {runStatuses.map((status) => (
        <label
          key={status}
          className="flex h-7 items-center gap-2 rounded-2 px-2 hover:bg-hover has-focus-visible:shadow-(--focus-in) max-md:h-10"
        >
          <input
            type="checkbox"
            checked={chosen.includes(status)}
            onChange={() => toggle(status)}
            className="size-3.5 accent-accent focus-visible:shadow-none"
          />
          <StatusGlyph
            tone={runStatus[status].tone}
            shape={runStatus[status].shape}
            className="before:animate-none"
          />
          {runStatus[status].label}
        </label>
      ))}
    </fieldset>
  );
}
