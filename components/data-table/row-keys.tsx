"use client";

import { useEffect } from "react";

/** Rows stand in tables and in lists. */
const rows = "tr, li:has([data-row-link])";

/** `j` and `k` move between the row links of the page, from wherever the focus is; Enter then follows the link by itself. */
export function RowKeys() {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      // A box that chooses a row is part of that row; in a field the letters are text.
      if (target?.closest("input:not([type='checkbox']), textarea, select")) return;
      if (target?.closest("[role='dialog'], [role='menu'], [role='listbox']")) return;
      const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
      const row = target?.closest(rows);
      const at = links.findIndex((link) => row?.contains(link));
      const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step];
      next?.focus();
      next?.closest(rows)?.scrollIntoView({ block: "nearest" });
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}
