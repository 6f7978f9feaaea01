"use client";

import { useId, useRef, useState } from "react";
import { compilePattern } from "@/lib/logs/search/pattern";
import { useExplorerContext } from "../explorer-context";
import { QueryCost } from "./query-cost";
import { type Meaning, meaningsOf, TypedMeanings } from "./typed-meanings";
import { useQueryChips } from "./use-query-chips";
import { useTypedText } from "./use-typed-text";

/** The text of the filter. It is asked for when the hand pauses, or at once on Enter; a pattern that is wrong says so. */
export function TextFilter() {
  const { params } = useExplorerContext();
  const chips = useQueryChips().filter(({ part }) => part.kind !== "text" && part.kind !== "time");
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [marked, setMarked] = useState(0);
  const [focused, setFocused] = useState(false);
  // The first pause of the hand is a new question; the letters that follow belong to it.
  const [asked, setAsked] = useState(false);
  const wrongIn = (text: string) => (params.mode === "regex" && text !== "" ? patternError(text) : null);
  const meaningsIn = (text: string) => (focused && params.mode === "text" ? meaningsOf(text, params) : []);
  const [typed, setTyped, now] = useTypedText(
    params.q,
    (text) => {
      params.set({ q: text || null }, asked ? "replace" : "push");
      setAsked(true);
    },
    (text) => wrongIn(text) !== null || meaningsIn(text).length > 0,
    params.mode === "regex",
  );
  const wrong = wrongIn(typed);
  const meanings = meaningsIn(typed);

  const accept = (meaning: Meaning | undefined) => {
    if (!meaning) return;
    setTyped("");
    setMarked(0);
    params.set({ ...meaning.patch, q: null });
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && meanings.length > 0)
      setMarked((marked + step + meanings.length + 1) % (meanings.length + 1));
    else if (event.key === "Tab" && meanings.length > 0 && !event.shiftKey)
      accept(meanings[Math.max(0, marked - 1)]);
    else if (event.key === "Enter") {
      if (marked > 0) accept(meanings[marked - 1]);
      else if (wrong === null) now();
    } else if (event.key === "Backspace" && typed === "" && chips.length > 0) chips.at(-1)?.drop();
    else if (event.key === "Escape") {
      if (typed === "") field.current?.blur();
      else setTyped("");
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <input
        ref={field}
        type="search"
        role="combobox"
        data-explorer-filter
        aria-label="Filter rows by text"
        aria-expanded={meanings.length > 0}
        aria-controls={listId}
        aria-activedescendant={marked > 0 ? `${listId}-${marked}` : undefined}
        aria-invalid={wrong !== null}
        placeholder={chips.length > 0 ? "and text or field:value" : "Filter by text or field:value"}
        maxLength={1000}
        value={typed}
        onFocus={() => {
          setFocused(true);
          setAsked(false);
        }}
        onBlur={() => setFocused(false)}
        onChange={(event) => {
          setTyped(event.target.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        className="h-7.5 min-w-15 grow bg-transparent text-text outline-none placeholder:text-text-3 focus-visible:shadow-none max-md:text-[16px] [&::-webkit-search-cancel-button]:hidden"
      />
      {wrong ? (
        <span role="alert" className="min-w-0 shrink truncate text-12 font-medium text-fail-text">
          {wrong}
        </span>
      ) : (
        <QueryCost draft={typed} />
      )}
      <TypedMeanings
        id={listId}
        text={typed}
        meanings={meanings}
        marked={marked}
        onChoose={accept}
        onText={now}
      />
    </>
  );
}

function patternError(text: string): string | null {
  const compiled = compilePattern(text);
  return compiled.ok ? null : compiled.message;
}
