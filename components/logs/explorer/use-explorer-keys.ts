"use client";

import { useEffect, useEffectEvent } from "react";
import type { PageKeyGroup } from "@/components/shell/page-keys";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";

type Direction = "forward" | "backward";

export interface ExplorerActions {
  step: (by: 1 | -1) => void;
  extendBy: (by: 1 | -1) => void;
  page: (by: 1 | -1) => void;
  toStart: () => void;
  toEnd: () => void;
  walkLevel: (kind: "error" | "warn", direction: Direction) => void;
  walkPause: (direction: Direction) => void;
  walkMarks: (direction: Direction) => void;
  askForRow: () => void;
  focusFilter: () => void;
  clearFilter: () => void;
  openFind: () => void;
  walkFinds: (direction: Direction) => void;
  toggleContext: () => void;
  toggleMark: () => void;
  copyLink: () => void;
  copyChosen: () => void;
  cycleClock: () => void;
  toggleWrap: () => void;
  toggleLive: () => void;
  /** Makes the drawer narrower or wider. */
  resizeDrawer: (by: 1 | -1) => void;
  close: () => void;
}

/** What each key does. One key, one act: Shift turns the way round, or takes more. */
const acts: Readonly<Record<string, (actions: ExplorerActions) => void>> = {
  j: ({ step }) => step(1),
  k: ({ step }) => step(-1),
  J: ({ extendBy }) => extendBy(1),
  K: ({ extendBy }) => extendBy(-1),
  " ": ({ page }) => page(1),
  b: ({ page }) => page(-1),
  g: ({ toStart }) => toStart(),
  G: ({ toEnd }) => toEnd(),
  e: ({ walkLevel }) => walkLevel("error", "forward"),
  E: ({ walkLevel }) => walkLevel("error", "backward"),
  w: ({ walkLevel }) => walkLevel("warn", "forward"),
  W: ({ walkLevel }) => walkLevel("warn", "backward"),
  s: ({ walkPause }) => walkPause("forward"),
  S: ({ walkPause }) => walkPause("backward"),
  u: ({ walkMarks }) => walkMarks("forward"),
  U: ({ walkMarks }) => walkMarks("backward"),
  m: ({ toggleMark }) => toggleMark(),
  ":": ({ askForRow }) => askForRow(),
  f: ({ focusFilter }) => focusFilter(),
  F: ({ clearFilter }) => clearFilter(),
  "/": ({ openFind }) => openFind(),
  n: ({ walkFinds }) => walkFinds("forward"),
  N: ({ walkFinds }) => walkFinds("backward"),
  c: ({ toggleContext }) => toggleContext(),
  t: ({ cycleClock }) => cycleClock(),
  x: ({ toggleWrap }) => toggleWrap(),
  y: ({ copyLink }) => copyLink(),
  Y: ({ copyChosen }) => copyChosen(),
  L: ({ toggleLive }) => toggleLive(),
  "[": ({ resizeDrawer }) => resizeDrawer(1),
  "]": ({ resizeDrawer }) => resizeDrawer(-1),
  Escape: ({ close }) => close(),
};

export const explorerKeys: readonly PageKeyGroup[] = [
  {
    title: "Rows",
    keys: [
      ["j k", "Next, previous row"],
      ["Shift+j Shift+k", "Choose several rows"],
      ["space b", "A screen down, up"],
      ["g G", "First, last row"],
      [":", "Go to a row or a time"],
      ["e E", "Next, previous error"],
      ["w W", "Next, previous warning"],
      ["s S", "Next, previous pause"],
      ["L", "Follow new rows"],
    ],
  },
  {
    title: "Search",
    keys: [
      ["f", "Filter"],
      ["F", "Clear the filter"],
      ["c", "All rows around this one, and back"],
      ["/", "Find, hiding no row"],
      ["n N", "Next, previous hit of the find"],
    ],
  },
  {
    title: "A row",
    keys: [
      ["m", "Mark, or remove the mark"],
      ["u U", "Next, previous mark"],
      ["y", "Copy link"],
      ["Y", "Copy the chosen rows"],
      ["Esc", "Close"],
    ],
  },
  {
    title: "Look",
    keys: [
      ["t", "UTC, local, since start, since row above"],
      ["x", "Wrap messages"],
      ["[ ]", "Details wider, narrower"],
    ],
  },
];

/** Keys of the explorer. "g" alone acts at once; the shell still sees it and waits for "g l" and its like. */
export function useExplorerKeys(actions: ExplorerActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || hasModifier(event) || isTyping(event.target) || overlayOpen()) return;
    // A button or link that has the focus is pressed by the space bar.
    if (event.key === " " && event.target instanceof Element && event.target.closest("button, a, summary"))
      return;
    const act = acts[event.key];
    if (!act) return;
    act(actions);
    if (event.key !== "g") event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}

/** A menu, dialog or sheet that is open has the keyboard. */
function overlayOpen(): boolean {
  return (
    document.querySelector('[role="dialog"], [role="menu"], [role="listbox"][data-state="open"]') !== null
  );
}
