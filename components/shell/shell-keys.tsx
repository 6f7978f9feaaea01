"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { placesFor } from "./places";
import { useShell } from "./shell-context";
import { useTheme } from "./use-theme";

/** How long `g` waits for its second key. */
export const sequenceMs = 1200;

/** The keys that work on every page. Draws nothing. */
export function ShellKeys() {
  const shell = useShell();
  const { overlay, setOverlay } = shell;
  const { dark, choose } = useTheme();
  const router = useRouter();
  const wentAt = useRef(0);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
        event.preventDefault();
        setOverlay(overlay === "palette" ? null : "palette");
        return;
      }
      if (overlay || event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"], [role="menu"], [role="listbox"][data-state="open"]'))
        return;

      const afterG = event.timeStamp - wentAt.current < sequenceMs;
      wentAt.current = event.key === "g" ? event.timeStamp : 0;
      const place = afterG ? placesFor(shell).find(({ key }) => key === event.key) : undefined;
      if (place) router.push(place.href);
      else if (event.key === "?") setOverlay("keys");
      else if (event.key === "D") choose(dark ? "light" : "dark");
      else if (event.key === "/" && focusPageSearch()) event.preventDefault();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shell, overlay, setOverlay, dark, choose, router]);

  return null;
}

/** A page marks its search field with `data-page-search`. */
function focusPageSearch(): boolean {
  const field = document.querySelector<HTMLElement>("[data-page-search]");
  field?.focus();
  return field !== null;
}

export function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Single keys belong to the field that has the focus. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select, [role='combobox']"))
  );
}
