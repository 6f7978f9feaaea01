"use client";

import { useRef, useState } from "react";
import { formatCount } from "@/lib/format";
import { type EpisodeAddress, findByLevel } from "@/lib/logs/query-options";
import { describeFailure } from "../describe-failure";
import { failing } from "../level-style";

/** `e` and `E`: the store finds the next error, however far away; the browser need not have its page. */
export function useErrorWalk(address: EpisodeAddress, onFound: (seq: number) => void) {
  const [note, setNote] = useState<string | null>(null);
  const latest = useRef(0);

  async function find(direction: "forward" | "backward", row: number) {
    const turn = ++latest.current;
    const from = row + (direction === "forward" ? 1 : -1);
    const where = direction === "forward" ? "after" : "before";
    const none = `no error ${where} row ${formatCount(Math.max(0, row))}`;
    if (from < 0) return setNote(none);
    setNote(`looking for an error ${where} row ${formatCount(Math.max(0, row))}`);
    try {
      const found = await findByLevel(address, { from, direction, levels: [...failing] });
      // A later press has taken over.
      if (turn !== latest.current) return;
      setNote(found === null ? none : null);
      if (found !== null) onFound(found);
    } catch (error) {
      if (turn === latest.current && error instanceof Error) setNote(describeFailure(error));
    }
  }

  return { note, find };
}
