"use client";

import { useRef, useState } from "react";
import { formatCount } from "@/lib/format";
import type { LogLevel } from "@/lib/logs/level";
import { type EpisodeAddress, findHit } from "@/lib/logs/query-options";
import { parseQuery } from "@/lib/logs/search/query";
import { describeFailure } from "../../describe-failure";
import { failing } from "../../level-style";

export type Direction = "forward" | "backward";

/** What `e` and `w` look for. A warning is only that: errors have a key of their own. */
const kinds = {
  error: { name: "error", query: parseQuery({ levels: [...failing] }) },
  warn: { name: "warning", query: parseQuery({ levels: ["warn" satisfies LogLevel] }) },
};

/** The store finds the next error or warning, however far away; the browser need not have its page. */
export function useLevelWalk(address: EpisodeAddress, onFound: (seq: number) => void) {
  const [note, setNote] = useState<{ row: number; text: string } | null>(null);
  const latest = useRef(0);

  async function find(kind: keyof typeof kinds, direction: Direction, row: number) {
    const { name, query } = kinds[kind];
    const say = (text: string) => setNote({ row, text });
    const turn = ++latest.current;
    const from = row + (direction === "forward" ? 1 : -1);
    const where = `${direction === "forward" ? "after" : "before"} row ${formatCount(Math.max(0, row))}`;
    const none = `no ${name} ${where}`;
    if (from < 0) return say(none);
    say(`looking for ${name === "error" ? "an error" : "a warning"} ${where}`);
    try {
      const found = await findHit(address, { from, direction, query });
      // A later press has taken over.
      if (turn !== latest.current) return;
      if (found === null) return say(none);
      setNote(null);
      onFound(found);
    } catch (error) {
      if (turn === latest.current && error instanceof Error) say(describeFailure(error));
    }
  }

  return {
    find: (kind: keyof typeof kinds, direction: Direction, row: number) => void find(kind, direction, row),
    /** What came of it, while the reader is still on the row it began at. */
    noteAt: (row: number) => (note?.row === row ? note.text : null),
  };
}
