"use client";

import { useEffect } from "react";
import { hasModifier, isTyping } from "@/components/shell/shell-keys";
import type { BulkKind } from "@/lib/runs/bulk/kinds";
import type { RunRow } from "@/lib/runs/schema";
import { useRunList } from "./run-list-context";

interface RunListKeysProps {
  rows: readonly RunRow[];
  last: string | null;
  onLast: (runId: string) => void;
}

const acts: Readonly<Record<string, BulkKind>> = { c: "cancel", r: "retry_failed" };

/** `x` chooses the row that has the focus, `X` all rows since the last one; `c` and `r` act on what is chosen, or on that row. */
export function RunListKeys({ rows, last, onLast }: RunListKeysProps) {
  const { selected, toggle, clear, setWish } = useRunList();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (hasModifier(event) || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      const inBox = target instanceof HTMLInputElement && target.type === "checkbox";
      if ((isTyping(target) && !inBox) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      const id = target?.closest<HTMLElement>("[data-run]")?.dataset.run;
      const run = rows.find((row) => row.id === id);
      if (event.key.toLowerCase() === "x" && run) {
        // The key itself, not its letter: with caps lock an x is a capital one.
        toggle(run, event.shiftKey && last ? { rows, id: last } : undefined);
        onLast(run.id);
      } else if (event.key === "Escape" && selected.size > 0) clear();
      else {
        const kind = acts[event.key];
        const runs = selected.size > 0 ? [...selected.values()] : run ? [run] : [];
        if (kind && runs.length > 0) setWish({ kind, runs });
      }
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [rows, last, onLast, selected, toggle, clear, setWish]);
  return null;
}
