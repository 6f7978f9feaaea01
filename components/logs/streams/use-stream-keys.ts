"use client";

import { useEffect, useEffectEvent } from "react";
import type { PageKeyGroup } from "@/components/shell/page-keys";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import type { StreamLogState } from "./use-stream-log";

export const streamKeys: PageKeyGroup = {
  title: "Logs by time",
  keys: [
    ["j k", "Next, previous row"],
    ["g G", "First, last row"],
    ["f", "Filter by text"],
    ["o", "Open the row in its stream"],
    ["Esc", "Close the row"],
  ],
};

/** Keys of the page. "g" alone acts at once; the shell still sees it and waits for "g l" and its like. */
export function useStreamKeys(log: StreamLogState, open: () => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || hasModifier(event) || isTyping(event.target) || overlayOpen()) return;
    const act = actions(log, open).get(event.key);
    if (!act) return;
    act();
    if (event.key !== "g") event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

function actions(log: StreamLogState, open: () => void): Map<string, () => void> {
  return new Map([
    ["j", () => log.step(1)],
    ["k", () => log.step(-1)],
    ["g", log.toStart],
    ["G", log.toEnd],
    ["f", () => document.querySelector<HTMLElement>("[data-page-search]")?.focus()],
    ["o", open],
    ["Escape", () => log.select(null)],
  ]);
}

/** A menu, dialog or sheet that is open has the keyboard. */
function overlayOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}
