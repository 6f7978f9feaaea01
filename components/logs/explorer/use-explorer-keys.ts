"use client";

import { useEffect, useEffectEvent } from "react";
import type { PageKeyGroup } from "@/components/shell/page-keys";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";

export const explorerKeys: PageKeyGroup = {
  title: "Log explorer",
  keys: [
    ["j k", "Next, previous row"],
    ["g G", "First, last row"],
    ["e E", "Next, previous error"],
    [":", "Go to a row"],
    ["f", "Filter by text"],
    ["/", "Find, hiding no row"],
    ["n N", "Next, previous hit of the find"],
    ["c", "All rows around this one, and back to the filtered ones"],
    ["y", "Copy link to the row"],
    ["x", "Clear the filter"],
    ["Esc", "Close the row"],
  ],
};

export interface ExplorerActions {
  step: (by: 1 | -1) => void;
  toStart: () => void;
  toEnd: () => void;
  error: (direction: "forward" | "backward") => void;
  askForRow: () => void;
  focusFilter: () => void;
  openFind: () => void;
  walkFinds: (direction: "forward" | "backward") => void;
  toggleContext: () => void;
  copyLink: () => void;
  clearFilter: () => void;
  close: () => void;
}

/** Keys of the explorer. "g" alone acts at once; the shell still sees it and waits for "g l" and its like. */
export function useExplorerKeys(actions: ExplorerActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || hasModifier(event) || isTyping(event.target) || overlayOpen()) return;
    if (!act(event.key, actions)) return;
    if (event.key !== "g") event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** Whether the key is one of ours. */
function act(key: string, actions: ExplorerActions): boolean {
  switch (key) {
    case "j":
      actions.step(1);
      return true;
    case "k":
      actions.step(-1);
      return true;
    case "g":
      actions.toStart();
      return true;
    case "G":
      actions.toEnd();
      return true;
    case "e":
      actions.error("forward");
      return true;
    case "E":
      actions.error("backward");
      return true;
    case ":":
      actions.askForRow();
      return true;
    case "/":
      actions.openFind();
      return true;
    case "n":
      actions.walkFinds("forward");
      return true;
    case "N":
      actions.walkFinds("backward");
      return true;
    case "c":
      actions.toggleContext();
      return true;
    case "f":
      actions.focusFilter();
      return true;
    case "y":
      actions.copyLink();
      return true;
    case "x":
      actions.clearFilter();
      return true;
    case "Escape":
      actions.close();
      return true;
    default:
      return false;
  }
}

/** A menu, dialog or sheet that is open has the keyboard. */
function overlayOpen(): boolean {
  return (
    document.querySelector('[role="dialog"], [role="menu"], [role="listbox"][data-state="open"]') !== null
  );
}
