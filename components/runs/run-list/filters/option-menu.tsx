"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";

interface Option {
  value: string;
  label: string;
  /** After the label, in the quiet tone. */
  note?: string;
}

interface OptionMenuProps {
  /** Spoken name of the field: "Find a workflow". */
  find: string;
  options: readonly Option[];
  value: string | null;
  onPick: (value: string) => void;
  /** A value that is not listed may be typed: the list is of the newest runs. */
  free?: boolean;
  /** What stands there when the list is empty. */
  nothing: string;
}

const mostShown = 100;

/** One of many: typing narrows the list, Enter takes the first. */
export function OptionMenu({ find, options, value, onPick, free = false, nothing }: OptionMenuProps) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const matching = options.filter(({ label, value: id }) => `${label} ${id}`.toLowerCase().includes(wanted));
  const typed = free && wanted !== "" && !options.some((option) => option.value === text.trim());
  const first = matching[0]?.value ?? (typed ? text.trim() : null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (first !== null) onPick(first);
      }}
    >
      <div className="border-line border-b p-1.5">
        <Input
          autoFocus
          aria-label={find}
          placeholder={find}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <ul className="max-h-72 overflow-auto p-1">
        {matching.slice(0, mostShown).map((option) => (
          <li key={option.value}>
            <Choice on={option.value === value} onPick={() => onPick(option.value)}>
              <span className="truncate">{option.label}</span>
              {option.note && <span className="ml-auto shrink-0 text-11 text-text-3">{option.note}</span>}
            </Choice>
          </li>
        ))}
        {typed && (
          <li>
            <Choice on={false} onPick={() => onPick(text.trim())}>
              <span className="truncate">
                Use <b className="font-medium">{text.trim()}</b>
              </span>
            </Choice>
          </li>
        )}
        {matching.length === 0 && !typed && (
          <li className="px-2 py-1.5 text-12 text-text-3">
            {options.length === 0 ? nothing : `Nothing is called “${text.trim()}”.`}
          </li>
        )}
        {matching.length > mostShown && (
          <li className="px-2 py-1.5 text-12 text-text-3">{matching.length - mostShown} more: type a part</li>
        )}
      </ul>
    </form>
  );
}

function Choice({ on, onPick, children }: { on: boolean; onPick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPick}
      className="focus-inset flex h-7 w-full min-w-0 items-center gap-2 rounded-2 px-2 text-left hover:bg-hover max-md:h-10"
    >
      <Check size={13} aria-hidden="true" className={cn("shrink-0", on ? "text-accent-text" : "invisible")} />
      {children}
    </button>
  );
}
