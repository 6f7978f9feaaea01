"use client";

import { type KeyboardEvent, type ReactNode, useState } from "react";
import { Input } from "@/components/ui/input";
import { formatCount, formatPlural } from "@/lib/format";
import type { Choice } from "@/lib/logs/view/facet-choice";
import { FacetRow, type FacetValue } from "./facet-row";

interface FacetValuesProps {
  field: string;
  values: readonly FacetValue[];
  onChoose: (value: string, choice: Choice) => void;
  /** Below the values. */
  children?: ReactNode;
}

const shownAtFirst = 6;
/** A list that is longer gets a field to search it. */
const searchedFrom = 12;

/** The values of one field, the frequent ones first; the rest on demand, with a search where there are many. */
export function FacetValues({ field, values, onChoose, children }: FacetValuesProps) {
  const [all, setAll] = useState(false);
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const found = wanted ? values.filter(({ name }) => name.toLowerCase().includes(wanted)) : values;
  // What was picked is always in view, wherever it stands in the list.
  const shown = all ? found : values.filter((value, place) => place < shownAtFirst || value.choice !== null);
  const hidden = values.length - shown.length;
  const most = Math.max(1, ...values.map(({ count }) => count ?? 0));
  const dimmed = values.some(({ choice }) => choice === "include");
  return (
    <>
      {all && values.length > searchedFrom && (
        <div className="px-3 pt-0.5 pb-1.5">
          <Input
            type="search"
            aria-label={`Search ${field}`}
            placeholder={`Search ${formatCount(values.length)} values`}
            value={find}
            onChange={(event) => setFind(event.target.value)}
            className="h-6 text-12"
          />
        </div>
      )}
      <ul onKeyDown={walkValues} className={all ? "max-h-104 overflow-y-auto" : undefined}>
        {shown.map((value) => (
          <FacetRow
            key={value.name}
            field={field}
            value={value}
            most={most}
            dimmed={dimmed}
            onChoose={(choice) => onChoose(value.name, choice)}
          />
        ))}
      </ul>
      {all && shown.length === 0 && (
        <p className="px-3 py-1 text-12 text-text-3">No value has “{find.trim()}” in it.</p>
      )}
      {children}
      {(hidden > 0 || all) && values.length > shownAtFirst && (
        <button
          type="button"
          onClick={() => {
            setAll(!all);
            setFind("");
          }}
          className="mx-1.5 mt-1 rounded-1 px-1.5 text-12 leading-6 text-accent-text hover:underline max-lg:leading-10"
        >
          {all ? "Show fewer" : `Show ${formatPlural(hidden, "more", "more")}`}
        </button>
      )}
    </>
  );
}

/** Up and down walk the values, right leads to leaving one out, left back. Tab still reaches each control. */
function walkValues(event: KeyboardEvent<HTMLUListElement>): void {
  const from = event.target instanceof Element ? event.target.closest("li") : null;
  if (!from) return;
  const to = {
    ArrowDown: from.nextElementSibling,
    ArrowUp: from.previousElementSibling,
    ArrowRight: from,
    ArrowLeft: from,
  }[event.key];
  if (!to) return;
  const buttons = to.querySelectorAll("button");
  const target = buttons[event.key === "ArrowRight" ? 1 : 0];
  event.preventDefault();
  event.stopPropagation();
  target?.focus();
}
