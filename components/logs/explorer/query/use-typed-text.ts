"use client";

import { useEffect, useEffectEvent, useState } from "react";

/** Long enough for a word to be typed, short enough to feel immediate. */
const typingPauseMs = 350;

/**
 * Text while it is being typed: passed on when the hand pauses, or at once (`now`). What arrives from elsewhere, as from
 * "back", takes the place of what was typed.
 */
export function useTypedText(
  text: string,
  onChange: (text: string) => void,
  /** Whether a text is not passed on before somebody says so. */
  waitsWith: (typed: string) => boolean = () => false,
  isPattern = false,
): [typed: string, setTyped: (text: string) => void, now: () => void] {
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  const [passed, setPassed] = useState(text);
  if (known !== text) {
    setKnown(text);
    // What was passed on a moment ago comes back while the hand goes on typing.
    if (text !== passed) setTyped(text);
  }
  const passOn = (next: string) => {
    // Spaces at an end are a slip, but in a pattern each of them is meant.
    const meant = isPattern && next.trim() !== "" ? next : next.trim();
    if (meant === text) return;
    setPassed(meant);
    onChange(meant);
  };
  const pass = useEffectEvent(passOn);
  const waits = waitsWith(typed);
  useEffect(() => {
    if (waits) return;
    const timer = setTimeout(pass, typingPauseMs, typed);
    return () => clearTimeout(timer);
  }, [typed, waits]);
  return [typed, setTyped, () => passOn(typed)];
}
