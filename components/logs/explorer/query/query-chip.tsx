"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ConditionForm } from "./condition-form";
import { LevelChoice } from "./level-choice";
import { TemplateChoice } from "./template-choice";
import type { QueryChipModel } from "./use-query-chips";

/** One condition in words; a click changes it, the cross takes it away. */
export function QueryChip({ chip }: { chip: QueryChipModel }) {
  const [open, setOpen] = useState(false);
  const { name, op, value } = chip;
  const words = `${name} ${op}${value ? ` ${value}` : ""}`;
  return (
    <span className="inline-flex h-6 max-w-72 items-center rounded-1 border border-line-strong bg-surface text-12 max-md:h-7 max-md:max-w-28">
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger
          aria-label={`Change ${words}`}
          className="focus-inset flex h-full min-w-0 items-center gap-1 rounded-1 px-1.5 hover:bg-hover"
        >
          <span className="shrink-0 text-text-3">
            {name} {op}{" "}
          </span>
          {value && <span className="truncate font-medium">{value}</span>}
        </PopoverTrigger>
        <PopoverContent label={`Change ${words}`} align="start" className="w-80">
          <Editor chip={chip} onDone={() => setOpen(false)} />
        </PopoverContent>
      </Popover>
      <button
        type="button"
        aria-label={`Remove ${words}`}
        onClick={chip.drop}
        className="focus-inset inline-flex h-full items-center border-line border-l px-1.5 text-text-3 hover:bg-hover hover:text-text max-md:px-2"
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}

function Editor({ chip, onDone }: { chip: QueryChipModel; onDone: () => void }) {
  const { part } = chip;
  if (part.kind === "level") return <LevelChoice />;
  if (part.kind === "meta")
    return <ConditionForm text={part.text} condition={part.condition} onDone={onDone} />;
  if (part.kind === "template" || part.kind === "without") {
    return <TemplateChoice template={part.template} left={part.kind === "without"} onDone={onDone} />;
  }
  return null;
}
