"use client";

import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import type { QueryParams } from "@/lib/logs/explorer-query";
import { typedCondition } from "@/lib/logs/view/search-condition";
import { opWords, withCondition } from "@/lib/logs/view/search-parts";

/** A condition that what is typed may be meant as. */
export interface Meaning {
  words: string;
  patch: { meta?: string[]; level?: QueryParams["level"][number][] };
}

/** `user.id:42` may be a field with a value. It may also be a text, so it is offered and never taken for granted. */
export function meaningsOf(typed: string, { meta, level }: QueryParams): Meaning[] {
  const meant = typedCondition(typed);
  if (!meant) return [];
  if (meant.kind === "level") {
    return [{ words: `level is ${meant.level}`, patch: { level: [...new Set([...level, meant.level])] } }];
  }
  const { condition } = meant;
  const as = (op: typeof condition.op): Meaning => ({
    words: `${condition.path} ${opWords[op]} ${condition.value}`,
    patch: { meta: withCondition(meta, { ...condition, op }) },
  });
  return condition.op === "ne" ? [as("ne")] : [as("eq"), as("contains")];
}

interface TypedMeaningsProps {
  id: string;
  text: string;
  meanings: readonly Meaning[];
  /** 0 is the text itself. */
  marked: number;
  onChoose: (meaning: Meaning) => void;
  onText: () => void;
}

export function TypedMeanings({ id, text, meanings, marked, onChoose, onText }: TypedMeaningsProps) {
  const row = (on: boolean) =>
    cn(
      "flex h-7 w-full items-center gap-2 rounded-2 px-2 text-left hover:bg-hover max-md:h-10",
      on && "bg-active",
    );
  return (
    <div
      id={id}
      role="listbox"
      aria-label="What this means"
      hidden={meanings.length === 0}
      className="absolute top-full left-6 z-30 mt-1 min-w-80 max-w-full rounded-3 bg-raised p-1 shadow-overlay"
    >
      <div
        role="option"
        tabIndex={-1}
        id={`${id}-0`}
        aria-selected={marked === 0}
        className={row(marked === 0)}
        onPointerDown={(event) => {
          event.preventDefault();
          onText();
        }}
      >
        <span className="min-w-0 truncate">
          text has <b className="font-medium">{text.trim()}</b>
        </span>
        <Kbd className="ml-auto">Enter</Kbd>
      </div>
      {meanings.map((meaning, index) => (
        <div
          key={meaning.words}
          role="option"
          tabIndex={-1}
          id={`${id}-${index + 1}`}
          aria-selected={marked === index + 1}
          className={row(marked === index + 1)}
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(meaning);
          }}
        >
          <span className="mono min-w-0 truncate">{meaning.words}</span>
          {index === 0 && <Kbd className="ml-auto">Tab</Kbd>}
        </div>
      ))}
    </div>
  );
}
