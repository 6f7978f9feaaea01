"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { agoOf, momentOf } from "@/lib/logs/explorer-query";
import { useExplorerContext } from "../explorer-context";
import { useTimeFormat } from "../use-time-format";
import { momentIn, textIn } from "./zoned-field";

const units = [
  { value: "m", label: "minutes" },
  { value: "h", label: "hours" },
  { value: "d", label: "days" },
] as const;
type Unit = (typeof units)[number]["value"];

interface TimeRangeFormProps {
  onChoose: (since: string | null, until: string | null) => void;
}

/** A span before now of any length, or two moments to the millisecond in the zone of the page. */
export function TimeRangeForm({ onChoose }: TimeRangeFormProps) {
  return (
    <>
      <SpanForm onChoose={onChoose} />
      <MomentsForm onChoose={onChoose} />
    </>
  );
}

function SpanForm({ onChoose }: TimeRangeFormProps) {
  const { params } = useExplorerContext();
  const [, given = "30", givenUnit = "m"] = /^-(\d+)([mhd])$/.exec(params.since ?? "") ?? [];
  const [count, setCount] = useState(given);
  const [unit, setUnit] = useState<Unit>(units.find(({ value }) => value === givenUnit)?.value ?? "m");
  const since = `-${count}${unit}`;
  return (
    <form
      className="flex items-center gap-1.5 border-line border-t py-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (agoOf(since)) onChoose(since, null);
      }}
    >
      <span className="shrink-0 text-text-2">last</span>
      <Input
        aria-label="Length of the time range"
        type="number"
        min={1}
        max={999999}
        required
        value={count}
        onChange={(event) => setCount(event.target.value)}
        className="w-20"
      />
      <Select label="Unit" value={unit} options={units} onValueChange={setUnit} className="h-7 max-md:h-9" />
      <Button type="submit" className="ml-auto">
        Show this span
      </Button>
    </form>
  );
}

function MomentsForm({ onChoose }: TimeRangeFormProps) {
  const { params, episode } = useExplorerContext();
  const { zone, local } = useTimeFormat();
  const now = new Date();
  const moment = (text: string | null, fallback: string | null) =>
    textIn(text === null ? fallback : momentOf(text, now), local);
  const [wrong, setWrong] = useState<string | null>(null);
  return (
    <form
      // The fields hold what was there when they were drawn; another zone or range draws them anew.
      key={`${params.since} ${params.until} ${local}`}
      className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 gap-y-1.5 border-line border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        const fields = new FormData(event.currentTarget);
        const since = momentIn(String(fields.get("since") ?? ""), local);
        const until = momentIn(String(fields.get("until") ?? ""), local);
        if (since && until && since >= until) return setWrong("The end is not after the start.");
        onChoose(since, until);
      }}
    >
      <label htmlFor="range-since" className="text-text-2">
        from
      </label>
      <Input
        id="range-since"
        name="since"
        type="datetime-local"
        step="0.001"
        defaultValue={moment(params.since, episode.firstAt)}
      />
      <label htmlFor="range-until" className="text-text-2">
        to, before
      </label>
      <Input
        id="range-until"
        name="until"
        type="datetime-local"
        step="0.001"
        defaultValue={moment(params.until, justAfter(episode.lastAt))}
      />
      <span role="status" className="col-span-2 flex items-center justify-between gap-2 text-12">
        <span className={wrong ? "text-fail-text" : "text-text-3"}>
          {wrong ?? `In ${zone}, to the millisecond. Empty: no limit.`}
        </span>
        <Button type="submit">Show this range</Button>
      </span>
    </form>
  );
}

/** The end is the first moment not wanted any more, and the last row is wanted. */
function justAfter(at: string | null): string | null {
  return at === null ? null : new Date(Date.parse(at) + 1).toISOString();
}
