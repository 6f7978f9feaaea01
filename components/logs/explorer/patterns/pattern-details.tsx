"use client";

import { Button } from "@/components/ui/button";
import { formatCount, formatInstant, formatPercent } from "@/lib/format";
import { logLevels } from "@/lib/logs/level";
import type { Pattern } from "@/lib/logs/patterns/schema";
import { TemplateText } from "../../compare/template-text";
import { PatternValues } from "./pattern-values";

interface PatternDetailsProps {
  pattern: Pattern;
  onShowRows: () => void;
  onGoTo: (sequence: string) => void;
}

/** A pattern in whole: its text, its levels, where it begins and ends, and what stands at its `<*>`. */
export function PatternDetails({ pattern, onShowRows, onGoTo }: PatternDetailsProps) {
  const { template, count, share, levels, first, last } = pattern;
  const present = levels && logLevels.filter((level) => levels[level] > 0);
  return (
    <div className="px-3 pt-1 pb-4 pl-8 max-md:pl-3">
      <p className="mono max-w-240 break-words">
        <TemplateText text={template || "(no text)"} />
      </p>
      <p className="pt-1.5 text-12 text-text-2">
        {formatPercent(share)} of the rows counted
        {present && present.length > 0 && (
          <>, {present.map((level) => `${formatCount(levels[level])} ${level}`).join(", ")}</>
        )}
        ; first at <GoTo sighting={first} onGoTo={onGoTo} />, last at <GoTo sighting={last} onGoTo={onGoTo} />
        .
      </p>
      <div className="flex gap-2 py-2.5">
        <Button size="sm" onClick={onShowRows}>
          Show only these {formatCount(count)} rows
        </Button>
      </div>
      {template.includes("<*>") && <PatternValues pattern={pattern} />}
    </div>
  );
}

interface GoToProps {
  sighting: Pattern["first"];
  onGoTo: (sequence: string) => void;
}

function GoTo({ sighting: { sequence, at, exact }, onGoTo }: GoToProps) {
  return (
    <>
      <button
        type="button"
        onClick={() => onGoTo(sequence)}
        className="rounded-1 font-medium text-accent-text hover:underline"
      >
        {exact ? "row" : "about row"} {formatCount(sequence)}
      </button>{" "}
      ({formatInstant(at)})
    </>
  );
}
