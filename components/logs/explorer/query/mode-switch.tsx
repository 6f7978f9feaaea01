"use client";

import { Regex, Type, WholeWord } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import type { LogQuery } from "@/lib/logs/search/query";

type Mode = LogQuery["mode"];

const modes = [
  {
    mode: "text",
    Icon: Type,
    name: "Text",
    help: "Text: anywhere, also inside a word. Case does not matter.",
  },
  {
    mode: "word",
    Icon: WholeWord,
    name: "Whole word",
    help: "Whole word: the fast way to an id, since chunks without it are not read.",
  },
  {
    mode: "regex",
    Icon: Regex,
    name: "Regular expression",
    help: "Regular expression, as in JavaScript. Case does not matter.",
  },
] as const;

interface ModeSwitchProps {
  /** What the text is for, in the name of the control. */
  label: string;
  mode: Mode;
  onChange: (mode: Mode) => void;
  className?: string;
}

/** How a typed text is meant. */
export function ModeSwitch({ label, mode, onChange, className }: ModeSwitchProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={mode}
      onValueChange={(next) => {
        const chosen = modes.find((one) => one.mode === next);
        if (chosen) onChange(chosen.mode);
      }}
      className={cn("flex shrink-0 items-center", className)}
    >
      {modes.map(({ mode: one, Icon, name, help }) => (
        <Tooltip key={one} text={help}>
          <ToggleGroup.Item
            value={one}
            aria-label={name}
            className="inline-flex size-6 items-center justify-center rounded-1 text-text-3 hover:bg-hover hover:text-text aria-checked:bg-active aria-checked:text-text max-md:size-8"
          >
            <Icon size={15} aria-hidden="true" />
          </ToggleGroup.Item>
        </Tooltip>
      ))}
    </ToggleGroup.Root>
  );
}
