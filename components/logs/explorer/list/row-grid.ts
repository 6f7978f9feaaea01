import type { CSSProperties } from "react";
import { formatCount } from "@/lib/format";
import type { EpisodeSummary } from "@/lib/logs/schema";
import type { TimeFrame } from "@/lib/logs/view/row-time";
import { zonedDay } from "@/lib/logs/view/row-time";

const sourceWidth = 82;
const pathWidth = 120;

/** Widths of the columns, the same for the head and for every row: wide enough for the largest number, and for a day where there are several. */
export function rowGrid(
  episode: EpisodeSummary,
  columns: readonly string[],
  frame: TimeFrame,
): CSSProperties & Record<`--${string}`, string> {
  const seq = `${Math.max(40, formatCount(episode.nextSequenceNumber).length * 7 + 12)}px`;
  const between = columns.map((name) => `${name === "source" ? sourceWidth : pathWidth}px`).join(" ");
  return { "--row-grid": `${seq} ${timeWidth(episode, frame)}px ${between} minmax(0,1fr)` };
}

function timeWidth(episode: EpisodeSummary, frame: TimeFrame): number {
  if (frame.clock === "delta") return 106;
  if (frame.clock === "start") return 124;
  return severalDays(episode, frame) ? 152 : 106;
}

/** Whether a time alone does not say the day. */
export function severalDays({ firstAt, lastAt }: EpisodeSummary, { clock, zone }: TimeFrame): boolean {
  if (!firstAt || !lastAt || (clock !== "utc" && clock !== "local")) return false;
  const shown = clock === "local" ? zone : "UTC";
  return zonedDay(firstAt, shown) !== zonedDay(lastAt, shown);
}
