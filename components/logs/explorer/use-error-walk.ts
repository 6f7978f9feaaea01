"use client";

import { useRef, useState } from "react";
import { formatCount } from "@/lib/format";
import { type EpisodeAddress, findHit } from "@/lib/logs/query-options";
import { parseQuery } from "@/lib/logs/search/query";
import { describeFailure } from "../describe-failure";
import { failing } from "../level-style";

const failures = parseQuery({ levels: [...failing] });

/** `e` and `E`: the store finds the next error, however far away; the browser need not have its page. */
export function useErrorWalk(address: EpisodeAddress, onFound: (seq: number) => void) {
  const [note, setNote] = useState<{ row: number; text: string } | null>(null);
  const latest = useRef(0);

  async function find(direction: "forward" | "backward", row: number) {
    const say = (text: string) => setNote({ row, text });
    const turn = ++latest.current;
    const from = row + (direction === "forward" ? 1 : -1);
    const where = direction === "forward" ? "after" : "before";
    const none = `no error ${where} row ${formatCount(Math.max(0, row))}`;
    if (from < 0) return say(none);
    say(`looking for an error ${where} row ${formatCount(Math.max(0, row))}`);
    try {
      const found = await findHit(address, { from, direction, query: failures });
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
    find,
    /** What came of it, while the reader is still on the row it began at. */
    noteAt: (row: number) => (note?.row === row ? note.text : null),
  };
}
