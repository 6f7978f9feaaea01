"use client";

import { useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { errorParts } from "@/lib/runs/error-parts";

/** Lines shown before the rest is folded away. */
const shownFirst = 6;

/**
 * What a tool said at its end. The first line is what a person reads; the rest is folded, and in it the frames of a stack stand
 * back behind the lines that say something.
 */
export function ErrorText({ text, withoutHead = false }: { text: string; withoutHead?: boolean }) {
  const [open, setOpen] = useState(false);
  const list = useId();
  const { head, rest } = errorParts(text);
  const shown = open ? rest : rest.slice(0, shownFirst);
  const hidden = rest.length - shownFirst;
  return (
    <div className="group relative min-w-0 pr-7">
      {!withoutHead && <p className="font-semibold [overflow-wrap:anywhere]">{head}</p>}
      {shown.length > 0 && (
        <pre id={list} className="mt-1 whitespace-pre-wrap text-12 leading-4.5 [overflow-wrap:anywhere]">
          {shown.map(({ key, line, frame }) => (
            <span key={key} className={cn("block", frame ? "text-text-3" : "text-text-2")}>
              {line || " "}
            </span>
          ))}
        </pre>
      )}
      {hidden > 0 && (
        <button
          type="button"
          aria-expanded={open}
          aria-controls={list}
          onClick={() => setOpen(!open)}
          className="mt-0.5 rounded-1 font-medium text-12 text-accent-text hover:underline max-md:min-h-8"
        >
          {open ? "Show less" : `Show ${hidden} more ${hidden === 1 ? "line" : "lines"}`}
        </button>
      )}
      <CopyButton text={text} label="Copy error" className="absolute -top-0.5 right-0" />
    </div>
  );
}
