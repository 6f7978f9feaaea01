"use client";

import { useState } from "react";
import { fieldText, momentOfField } from "@/components/logs/streams/time-fields";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

const presets = [
  ["-1h", "Last hour"],
  ["-24h", "Last 24 hours"],
  ["-7d", "Last 7 days"],
  ["-30d", "Last 30 days"],
] as const;

interface TimeMenuProps {
  since: string | null;
  until: string | null;
  onChange: (range: { since: string | null; until: string | null }) => void;
}

/** When runs were made: a time before now, which moves on with it, or a range that stays. Times are UTC. */
export function TimeMenu({ since, until, onChange }: TimeMenuProps) {
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <>
      <div className="flex flex-col p-1">
        {presets.map(([ago, label]) => (
          <button
            key={ago}
            type="button"
            aria-pressed={since === ago && until === null}
            onClick={() => onChange({ since: ago, until: null })}
            className="focus-inset flex h-7 items-center rounded-2 px-2 text-left hover:bg-hover aria-pressed:bg-active aria-pressed:font-medium max-md:h-10"
          >
            {label}
          </button>
        ))}
      </div>
      <form
        aria-label="A range"
        className="flex flex-col gap-2 border-line border-t p-3"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const from = momentOfField(String(form.get("from")), false);
          const to = momentOfField(String(form.get("to")), false);
          if (from && to && from >= to) return setWrong("The start lies behind the end.");
          onChange({ since: from, until: to });
        }}
      >
        <Field
          type="datetime-local"
          step="1"
          name="from"
          label="From, UTC"
          defaultValue={fieldText(since, false).slice(0, 19)}
        />
        <Field
          type="datetime-local"
          step="1"
          name="to"
          label="To, UTC, not included"
          defaultValue={fieldText(until, false).slice(0, 19)}
        />
        <p role="status" className="text-12 text-fail-text empty:hidden">
          {wrong}
        </p>
        <Button type="submit">Show this range</Button>
      </form>
    </>
  );
}
