"use client";

import { formatCount, formatInstant } from "@/lib/format";
import type { Pattern } from "@/lib/logs/patterns/schema";
import { useTimeFormat } from "../use-time-format";

interface SightingProps {
  /** The episode lasts for days: a clock alone does not say when. */
  overDays: boolean;
  of: Pattern["first"];
  which: "first" | "last";
  onGoTo: (sequence: string) => void;
}

/** When a pattern was seen, as a way to that row; about when, where only a stretch of rows is known. */
export function Sighting({ of: { sequence, at, exact }, which, overDays, onGoTo }: SightingProps) {
  const time = useTimeFormat();
  return (
    <button
      type="button"
      onClick={() => onGoTo(sequence)}
      aria-label={`Go to the ${which} row, ${exact ? "" : "about "}${formatCount(sequence)}, ${formatInstant(at)}`}
      className="mono whitespace-nowrap rounded-1 text-12 text-text-2 hover:text-accent-text hover:underline"
    >
      {!exact && "≈ "}
      {overDays ? `${time.day(at)} ${time.hourMinute(at)}` : time.clock(at)}
    </button>
  );
}
