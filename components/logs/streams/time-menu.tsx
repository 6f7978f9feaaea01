"use client";

import { Clock } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { timeWords } from "../explorer/query/time-words";
import { useTimeFormat } from "../explorer/use-time-format";
import { fieldText, momentOfField } from "./time-fields";
import type { StreamLogState } from "./use-stream-log";

const presets = [
  ["-15m", "Last 15 minutes"],
  ["-1h", "Last hour"],
  ["-6h", "Last 6 hours"],
  ["-24h", "Last 24 hours"],
  ["-7d", "Last 7 days"],
] as const;

/** Which time is shown, and where in it the list stands. */
export function TimeMenu({ log }: { log: StreamLogState }) {
  const [open, setOpen] = useState(false);
  const time = useTimeFormat();
  const { since, until, run } = log.params;
  const everything = run === null ? "Any time" : "Whole run";
  const words = timeWords({ since, until }, time) || everything;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button className="h-8 max-md:size-9 max-md:px-0" aria-label={`Time: ${words}`}>
          <Clock size={14} aria-hidden="true" />
          <span className="max-md:hidden">{words}</span>
          <span className="font-normal text-text-3 max-lg:hidden">{time.zone}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent label="Time" align="end" className="flex w-72 flex-col gap-3">
        <div className="flex flex-col">
          <Choice on={since === null && until === null} onPick={() => choose(null)}>
            {everything}
          </Choice>
          {presets.map(([ago, label]) => (
            <Choice key={ago} on={since === ago && until === null} onPick={() => choose(ago)}>
              {label}
            </Choice>
          ))}
        </div>
        <RangeForm log={log} onDone={() => setOpen(false)} />
        <GoToForm log={log} onDone={() => setOpen(false)} />
        <ToggleGroup
          label="Clock"
          value={time.local ? "local" : "utc"}
          options={[
            { value: "utc", label: "UTC" },
            { value: "local", label: "My time zone" },
          ]}
          onValueChange={(clock) => log.set({ clock: clock === "local" ? "local" : null })}
        />
      </PopoverContent>
    </Popover>
  );

  function choose(ago: string | null) {
    log.set({ since: ago, until: null });
    setOpen(false);
  }
}

function Choice({ on, onPick, children }: { on: boolean; onPick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onPick}
      className="focus-inset flex h-7 items-center rounded-2 px-2 text-left hover:bg-hover aria-pressed:bg-active aria-pressed:font-medium max-md:h-10"
    >
      {children}
    </button>
  );
}

function RangeForm({ log, onDone }: { log: StreamLogState; onDone: () => void }) {
  const { local } = useTimeFormat();
  const { time } = log.asked.query;
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      aria-label="A range"
      className="flex flex-col gap-2 border-line border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const since = momentOfField(String(form.get("from")), local);
        const until = momentOfField(String(form.get("to")), local);
        if (since && until && since >= until) return setWrong("The start lies behind the end.");
        log.set({ since, until });
        onDone();
      }}
    >
      <Field
        type="datetime-local"
        step="0.001"
        name="from"
        label="From"
        defaultValue={fieldText(time.from, local)}
      />
      <Field
        type="datetime-local"
        step="0.001"
        name="to"
        label="To, not included"
        defaultValue={fieldText(time.to, local)}
      />
      <p role="status" className="text-12 text-fail-text empty:hidden">
        {wrong}
      </p>
      <Button type="submit">Show this range</Button>
    </form>
  );
}

function GoToForm({ log, onDone }: { log: StreamLogState; onDone: () => void }) {
  const { local } = useTimeFormat();
  const { list } = log.rows;
  const at = list[log.scroll.seen?.first ?? 0]?.stands;
  return (
    <form
      aria-label="Go to a time"
      className="flex flex-col gap-2 border-line border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const moment = momentOfField(String(new FormData(event.currentTarget).get("at")), local);
        if (moment) log.goTo(moment);
        onDone();
      }}
    >
      <Field
        type="datetime-local"
        step="0.001"
        name="at"
        label="Go to"
        defaultValue={fieldText(at === undefined ? null : new Date(at).toISOString(), local)}
      />
      <Button type="submit">Go to this time</Button>
    </form>
  );
}
