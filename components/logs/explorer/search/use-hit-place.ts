"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { SearchRun } from "@/lib/logs/view/search-run";

/** Too short to be waited for, long enough for short searches to be done. */
const patienceMs = 60;
/** Rows that fill any screen: where they stand cannot be seen, so nobody waits for it to be known. */
const fullList = 100;

/**
 * Where the hits of a search stand while they do not fill the list. Those that came all at once stand at its top, like any
 * rows. While more are sought, which come in front of them, they stand at its foot, so that none of them moves; and they stay
 * there when the search is done.
 */
export function useHitPlace(key: string, run: SearchRun): "nowhere" | "top" | "foot" {
  const [placed, setPlaced] = useState<{ key: string; place: "top" | "foot" } | null>(null);
  const here = placed?.key === key ? placed.place : null;
  const found = key !== "" && run.rows.length > 0;
  if (found && !here) {
    if (run.status !== "running") setPlaced({ key, place: "top" });
    else if (run.rows.length >= fullList) setPlaced({ key, place: "foot" });
  }
  const waits = found && !here;
  const giveUp = useEffectEvent(() => setPlaced({ key, place: "foot" }));
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(giveUp, patienceMs);
    return () => clearTimeout(timer);
  }, [waits]);
  return here ?? "nowhere";
}
