"use client";

import { useRef, useState } from "react";
import { formatCount, formatDuration } from "@/lib/format";
import { findPause, type Pause } from "@/lib/logs/places-query-options";
import type { EpisodeAddress } from "@/lib/logs/query-options";
import { describeFailure } from "../../describe-failure";
import type { Direction } from "./use-level-walk";

/** `s` and `S`: to the next row that came after a pause. A new press, or leaving the page, ends the one before. */
export function usePauseWalk(address: EpisodeAddress, onFound: (pause: Pause) => void) {
  const [note, setNote] = useState<{ row: number; text: string } | null>(null);
  const running = useRef<AbortController | null>(null);

  async function find(direction: Direction, row: number) {
    running.current?.abort();
    const turn = new AbortController();
    running.current = turn;
    const say = (text: string, at = row) => setNote({ row: at, text });
    const where = direction === "forward" ? "after" : "before";
    say(`looking for a pause ${where} row ${formatCount(Math.max(0, row))}`);
    try {
      const from = row + (direction === "forward" ? 1 : -1);
      if (from < 0) return say("no pause before the first row");
      const { pause, thresholdMs } = await findPause(address, {
        from,
        direction,
        signal: turn.signal,
        onProgress: (seq) => say(`looking for a pause, at row ${formatCount(seq)}`),
      });
      if (turn.signal.aborted) return;
      if (!pause) return say(`no pause of ${formatDuration(thresholdMs)} or more ${where} this row`);
      onFound(pause);
      say(`${formatDuration(pause.pauseMs)} pass before this row`, pause.seq);
    } catch (error) {
      if (!turn.signal.aborted && error instanceof Error) say(describeFailure(error));
    }
  }

  return {
    find: (direction: Direction, row: number) => void find(direction, row),
    stop: () => running.current?.abort(),
    noteAt: (row: number) => (note?.row === row ? note.text : null),
  };
}
