"use client";

import { ChevronRight } from "lucide-react";
import { useId } from "react";
import { cn } from "@/components/ui/cn";
import type { Pattern } from "@/lib/logs/patterns/schema";
import type { Choice } from "@/lib/logs/view/facet-choice";
import { TemplateText } from "../../compare/template-text";
import { LevelMix } from "../../level-mix";
import { LeaveOut } from "./leave-out";
import { from2xl, fromLg, fromMd, rowGrid } from "./pattern-columns";
import { PatternDetails } from "./pattern-details";
import { PatternShare } from "./pattern-share";
import { Sighting } from "./sighting";
import { Sparkline } from "./sparkline";

interface PatternRowProps {
  pattern: Pattern;
  /** Rows of the most frequent pattern: a full bar. */
  most: number;
  choice: Choice;
  open: boolean;
  /** The keys act on this one. */
  current: boolean;
  /** What "new" means here. */
  newWord: string;
  overDays: boolean;
  onOpen: (open: boolean) => void;
  onChoose: (choice: Choice) => void;
  onShowRows: () => void;
  onGoTo: (sequence: string) => void;
}

/** A template with how often, when and where it occurs. Opened, it is whole and says what stands at its `<*>`. */
export function PatternRow(props: PatternRowProps) {
  const { pattern, most, choice, open, current, newWord, overDays, onOpen, onChoose, onShowRows, onGoTo } =
    props;
  const { template, count, share, levels, isNew } = pattern;
  const excluded = choice === "exclude";
  const id = useId();
  return (
    <tbody data-pattern className={cn("block", open && "bg-canvas")}>
      <tr
        aria-current={current || undefined}
        className={cn(
          rowGrid,
          "group min-h-9 hover:bg-hover max-md:py-1.5",
          !open && "border-line border-b",
          current && "bg-hover shadow-[inset_2px_0_0_var(--accent)]",
        )}
      >
        <td className="min-w-0 pl-1.5 max-md:col-span-2">
          <div className="flex min-w-0 items-center gap-1.5">
            <button
              type="button"
              aria-expanded={open}
              aria-controls={id}
              aria-label={`Values of ${template}`}
              onClick={() => onOpen(!open)}
              className="flex size-5 shrink-0 items-center justify-center rounded-1 text-text-3 hover:bg-active max-md:size-8"
            >
              <ChevronRight
                size={12}
                aria-hidden="true"
                className={cn("transition-transform", open && "rotate-90")}
              />
            </button>
            {isNew && (
              <span className="shrink-0 rounded-1 bg-warn-tint px-1.5 font-medium text-11 text-warn-text leading-4.5">
                new<span className="sr-only"> {newWord}</span>
              </span>
            )}
            <button
              type="button"
              aria-label={`Show only rows of ${template}`}
              onClick={onShowRows}
              className={cn(
                "mono min-w-0 truncate rounded-1 text-left hover:underline hover:decoration-line-control hover:underline-offset-2 max-md:line-clamp-2 max-md:whitespace-normal",
                excluded && "text-text-3 line-through",
              )}
            >
              <TemplateText text={template || "(no text)"} />
            </button>
          </div>
        </td>
        <td className="max-md:pl-9.5">
          <PatternShare count={count} share={share} most={most} excluded={excluded} />
        </td>
        <td className={fromMd}>
          <Sparkline parts={pattern.trend} />
        </td>
        <td className={from2xl}>
          {levels ? <LevelMix levels={levels} /> : <span className="text-text-3">—</span>}
        </td>
        <td className={fromLg}>
          <Sighting of={pattern.first} which="first" overDays={overDays} onGoTo={onGoTo} />
        </td>
        <td className={fromLg}>
          <Sighting of={pattern.last} which="last" overDays={overDays} onGoTo={onGoTo} />
        </td>
        <td className="text-right">
          <LeaveOut template={template} excluded={excluded} onChoose={onChoose} />
        </td>
      </tr>
      <tr id={id} hidden={!open} className={open ? "block border-line border-b" : undefined}>
        <td className="block">
          {open && <PatternDetails pattern={pattern} onShowRows={onShowRows} onGoTo={onGoTo} />}
        </td>
      </tr>
    </tbody>
  );
}
