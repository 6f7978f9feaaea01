"use client";

import { useEffect } from "react";

/** `j` and `k` move between the row links of the page, from wherever the focus is; Enter then follows the link by itself. */
export function RowKeys() {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("input, textarea, select, [role='dialog'], [role='menu'], [role='listbox']"))
        return;
      const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
      const row = target?.closest("tr");
      const at = links.findIndex((link) => row?.contains(link));
      const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step];
      next?.focus();
      next?.closest("tr")?.scrollIntoView({ block: "nearest" });
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}
