"use client";

import { type RefObject, useRef } from "react";
import { cn } from "@/components/ui/cn";

interface GraphFieldProps {
  value: string;
  onChange: (text: string) => void;
  /** Lines that have a problem. */
  wrong: ReadonlySet<number>;
  field: RefObject<HTMLTextAreaElement | null>;
  describedBy: string;
}

/** The height of a line in the field and beside it. */
export const lineHeight = 18;
/** Line numbers of longer texts would be most of the page; their problems still name the line. */
const mostNumbered = 5_000;

/** The text of a graph with the numbers of its lines, those with a problem marked. */
export function GraphField({ value, onChange, wrong, field, describedBy }: GraphFieldProps) {
  const gutter = useRef<HTMLDivElement>(null);
  const lines = countLines(value);
  return (
    <div className="flex min-h-0 grow overflow-hidden rounded-2 border border-line-strong bg-surface focus-within:shadow-(--focus)">
      <div
        ref={gutter}
        aria-hidden="true"
        className="mono w-12 shrink-0 select-none overflow-hidden border-line border-r bg-canvas py-2 text-right text-11 text-text-3"
      >
        {Array.from({ length: Math.min(lines, mostNumbered) }, (_, index) => index + 1).map((line) => (
          <div
            key={line}
            style={{ height: lineHeight, lineHeight: `${lineHeight}px` }}
            className={cn("pr-2", wrong.has(line) && "bg-fail-tint font-semibold text-fail-text")}
          >
            {line}
          </div>
        ))}
        <div className="h-100" />
      </div>
      <textarea
        ref={field}
        name="graph"
        aria-label="Graph as JSON"
        aria-invalid={wrong.size > 0}
        aria-describedby={describedBy}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        style={{ lineHeight: `${lineHeight}px` }}
        className="mono min-w-0 grow resize-none bg-transparent px-3 py-2 text-12 focus-visible:shadow-none max-md:text-[16px]"
      />
    </div>
  );
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
