"use client";

import { useEffect, useEffectEvent } from "react";
import type { PageKeyGroup } from "@/components/shell/page-keys";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";

export const patternKeys: PageKeyGroup = {
  title: "Patterns",
  keys: [
    ["j k", "Next, previous pattern"],
    ["Enter", "Show only its rows"],
    ["o", "Open or close its values"],
  ],
};

interface PatternActions {
  step: (by: 1 | -1) => void;
  showRows: () => void;
  toggle: () => void;
}

/** Keys of the list while it stands in the place of the rows: the same letters walk it, so they are taken before the rows get them. */
export function usePatternKeys(actions: PatternActions): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (hasModifier(event) || isTyping(event.target)) return;
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    // A button that has the focus does what is written on it.
    const free = !(
      event.target instanceof Element && event.target.closest("button, a, summary, [role=option]")
    );
    if (event.key === "j") actions.step(1);
    else if (event.key === "k") actions.step(-1);
    else if (event.key === "o") actions.toggle();
    else if (event.key === "Enter" && free) actions.showRows();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener("keydown", listen, { capture: true });
    return () => document.removeEventListener("keydown", listen, { capture: true });
  }, []);
}
