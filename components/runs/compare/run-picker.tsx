"use client";

import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { formatDuration } from "@/lib/format";
import type { RunChoice, RunChoices } from "@/lib/runs/compare/schema";
import { RunLabel } from "./run-label";

interface RunPickerProps {
  choices: RunChoices;
  chosen: RunChoice | null;
  onChoose: (runId: string) => void;
}

/** The other run, and the list of the workflow's runs to take another one from. */
export function RunPicker({ choices, chosen, onChoose }: RunPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          className="min-w-0 shrink font-normal"
          aria-label={`Compare with another run, now ${chosen?.id ?? "none"}`}
        >
          {chosen ? <RunLabel run={chosen} /> : "Choose a run"}
          <ChevronDown size={14} aria-hidden="true" className="text-text-3" />
        </Button>
      </PopoverTrigger>
      <PopoverContent
        label="Compare with"
        align="start"
        className="max-h-100 w-[min(520px,calc(100vw-16px))] p-0 py-1"
      >
        <QuickChoices
          choices={choices}
          onChoose={(runId) => {
            setOpen(false);
            onChoose(runId);
          }}
        />
        <h3 className="eyebrow px-3 pt-2 pb-1">Runs of this workflow, newest first</h3>
        <ul>
          {choices.runs.map((run) => (
            <li key={run.id}>
              <button
                type="button"
                aria-current={run.id === chosen?.id || undefined}
                onClick={() => {
                  setOpen(false);
                  onChoose(run.id);
                }}
                className="focus-inset flex h-7 w-full items-center gap-2 px-3 text-left hover:bg-hover aria-[current]:bg-accent-tint max-md:h-10"
              >
                <RunLabel run={run} />
                <span className="ml-auto whitespace-nowrap text-12 text-text-3 max-md:hidden">
                  {run.durationMs !== null && formatDuration(run.durationMs)}
                </span>
                <Check
                  size={14}
                  aria-hidden="true"
                  className={run.id === chosen?.id ? "text-accent-text" : "invisible"}
                />
              </button>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}

/** What one compares with most. */
function QuickChoices({ choices, onChoose }: Pick<RunPickerProps, "choices" | "onChoose">) {
  const quick = [
    { label: "Previous run", runId: choices.previous },
    { label: "Last success", runId: choices.lastSucceeded },
  ];
  return (
    <div className="flex gap-2 border-line border-b px-3 pt-1 pb-2">
      {quick.map(({ label, runId }) => (
        <Button key={label} size="sm" disabled={runId === null} onClick={() => runId && onChoose(runId)}>
          {label}
        </Button>
      ))}
    </div>
  );
}
