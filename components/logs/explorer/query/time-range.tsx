"use client";

import { Clock, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { rangeText } from "@/lib/logs/screen-time";
import { day, hour, minute } from "@/lib/time";
import { useExplorerContext } from "../explorer-context";
import { useTimeFormat } from "../use-time-format";
import { TimeRangeForm } from "./time-range-form";
import { lastWords, timeWords } from "./time-words";

const recent = [
  { since: "-5m", ms: 5 * minute },
  { since: "-15m", ms: 15 * minute },
  { since: "-1h", ms: hour },
  { since: "-6h", ms: 6 * hour },
  { since: "-1d", ms: day },
  { since: "-7d", ms: 7 * day },
];

/** The times that are asked for, in words; opens the ways to change them. */
export function TimeRange() {
  const { params, episode } = useExplorerContext();
  const time = useTimeFormat();
  const [open, setOpen] = useState(false);
  const chosen = params.since !== null || params.until !== null;
  const { firstAt, lastAt } = episode;
  const whole = firstAt && lastAt ? rangeText(firstAt, lastAt, time) : "whole episode";
  const choose = (since: string | null, until: string | null) => {
    setOpen(false);
    params.set({ since, until, zoom: null });
  };
  return (
    <span className="flex shrink-0">
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button
            className={cn("h-8 gap-1.5", chosen && "rounded-r-none border-accent-line bg-accent-tint")}
            aria-label={`Time range: ${chosen ? timeWords(params, time) : `whole episode, ${whole}`} ${time.zone}`}
          >
            <Clock size={14} aria-hidden="true" className="text-text-3" />
            <span className="max-lg:hidden">{chosen ? timeWords(params, time) : whole}</span>{" "}
            <span className="font-normal text-text-3 max-lg:hidden">{time.zone}</span>
          </Button>
        </PopoverTrigger>
        <PopoverContent label="Time range" align="end" className="w-[min(420px,calc(100vw-16px))]">
          <div className="flex items-center justify-between gap-2 pb-3">
            <Button
              variant={chosen ? "default" : "ghost"}
              size="sm"
              disabled={!chosen}
              onClick={() => choose(null, null)}
            >
              Whole episode
            </Button>
            <ToggleGroup
              label="Zone of all times"
              value={time.local ? "local" : "utc"}
              options={[
                { value: "utc", label: "UTC" },
                { value: "local", label: "Local" },
              ]}
              onValueChange={(clock) => params.setClock(clock)}
            />
          </div>
          <fieldset className="grid grid-cols-3 gap-1.5 border-line border-t py-3">
            <legend className="sr-only">Up to now</legend>
            {recent.map(({ since, ms }) => (
              <Button
                key={since}
                size="sm"
                aria-pressed={params.since === since && params.until === null}
                className="aria-pressed:border-accent-line aria-pressed:bg-accent-tint"
                onClick={() => choose(since, null)}
              >
                {lastWords(ms)}
              </Button>
            ))}
          </fieldset>
          <TimeRangeForm onChoose={choose} />
        </PopoverContent>
      </Popover>
      {chosen && (
        <Button
          aria-label={`Remove time ${timeWords(params, time)}`}
          className="-ml-px h-8 rounded-l-none border-accent-line bg-accent-tint px-1.5"
          onClick={() => choose(null, null)}
        >
          <X size={12} aria-hidden="true" />
        </Button>
      )}
    </span>
  );
}
