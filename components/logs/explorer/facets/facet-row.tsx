"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/lib/format";
import type { Choice } from "@/lib/logs/view/facet-choice";

export interface FacetValue {
  /** The value as text: what is spoken. */
  name: string;
  /** The same as it is drawn. */
  label?: ReactNode;
  /** Rows that have it; null where nobody knows (a value of the URL that is in no list). */
  count: number | null;
  /** There may be more of them. */
  atLeast?: boolean;
  choice: Choice;
}

interface FacetRowProps {
  field: string;
  value: FacetValue;
  /** Rows of the most frequent value: a full bar. */
  most: number;
  /** Other values were picked. */
  dimmed: boolean;
  onChoose: (choice: Choice) => void;
}

const act =
  "flex size-6 items-center justify-center rounded-1 border text-12 font-medium transition-colors max-lg:size-8";
const pressed = "border-accent-line bg-accent-tint text-accent-text";
const calm = "border-line-strong bg-surface text-text-2";

/**
 * One value. The row asks for it, `≠` leaves it out, and the same again takes that back. Both show on hover and focus, over
 * the count, so that nothing moves; on a screen without hover they are always there.
 */
export function FacetRow({ field, value, most, dimmed, onChoose }: FacetRowProps) {
  const { name, label = name, count, choice } = value;
  const included = choice === "include";
  const excluded = choice === "exclude";
  const rows =
    count === null ? "rows not counted" : `${value.atLeast ? "at least " : ""}${formatCount(count)} rows`;
  return (
    <li
      className={cn(
        "group relative flex h-6.5 items-center text-12 max-lg:h-11",
        included ? "bg-accent-tint" : "focus-within:bg-hover hover:bg-hover",
      )}
    >
      <button
        type="button"
        data-facet-value
        aria-pressed={included}
        aria-label={`Only ${field} ${name}, ${rows}${excluded ? ", left out" : ""}`}
        onClick={() => onChoose(included ? null : "include")}
        className={cn(
          "focus-inset grid h-full min-w-0 grow grid-cols-[minmax(0,1fr)_minmax(48px,auto)] items-center gap-2 pr-3 pl-3 text-left max-lg:pr-22",
          dimmed && !included && "text-text-3",
        )}
      >
        <span
          className={cn("mono truncate", included && "font-medium", excluded && "text-text-3 line-through")}
        >
          {label}
        </span>
        <span
          className={cn(
            "text-right text-11 text-text-3",
            !excluded &&
              "group-hover:opacity-0 group-has-focus-visible:opacity-0 max-lg:group-hover:opacity-100",
            included && "opacity-0 max-lg:opacity-100",
            excluded && "pr-7 max-lg:pr-0",
          )}
        >
          {excluded ? "excluded" : count === null ? "—" : `${value.atLeast ? "≥ " : ""}${formatCount(count)}`}
        </span>
      </button>
      <span
        className={cn(
          "pointer-events-none absolute right-3 flex gap-0.5",
          choice === null &&
            "opacity-0 group-hover:opacity-100 group-has-focus-visible:opacity-100 max-lg:opacity-100",
        )}
      >
        <span
          aria-hidden="true"
          className={cn(act, included ? pressed : calm, excluded && "max-lg:flex lg:hidden")}
        >
          =
        </span>
        <button
          type="button"
          aria-pressed={excluded}
          aria-label={`Without ${field} ${name}`}
          onClick={() => onChoose(excluded ? null : "exclude")}
          className={cn(act, "pointer-events-auto", excluded ? pressed : calm)}
        >
          ≠
        </button>
      </span>
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-x-3 bottom-0 h-0.5 rounded-[1px] bg-hover group-hover:bg-active"
      >
        {count !== null && !excluded && (
          <span
            className={cn(
              "block h-full min-w-0.5 rounded-[1px]",
              included ? "bg-accent" : dimmed ? "bg-line-strong" : "bg-line-control",
            )}
            style={{ width: `${Math.min(100, (count / Math.max(1, most)) * 100)}%` }}
          />
        )}
      </span>
    </li>
  );
}
