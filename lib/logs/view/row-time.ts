import { formatClockMs, formatDuration } from "@/lib/format";
import { day, hour, minute, second } from "@/lib/time";
import type { Clock } from "../search-params";
import { zoneParts } from "../zone-parts";

/** A row's time as the list writes it: what may be left out on a narrow screen stands apart. */
export interface RowTime {
  text: string;
  /** Milliseconds with their dot. */
  fraction: string;
}

export interface TimeFrame {
  clock: Clock;
  /** The reader's zone, as Intl names it. */
  zone: string;
  /** First time of the episode. */
  firstAt: string | null;
}

/** `previousAt` is the time of the row above; null where there is none. */
export function rowTime(at: string, frame: TimeFrame, previousAt: string | null): RowTime {
  const { clock, zone, firstAt } = frame;
  if (clock === "local") return parted(zonedClock(at, zone));
  if (clock === "start" && firstAt !== null) return parted(sinceStart(Date.parse(at) - Date.parse(firstAt)));
  if (clock === "delta") {
    return { text: previousAt === null ? "—" : delta(Date.parse(at) - Date.parse(previousAt)), fraction: "" };
  }
  return parted(formatClockMs(at));
}

/** The whole instant in the clock of the screen, for what leaves the screen: copies say the day and the zone. */
export function fullTime(at: string, frame: TimeFrame, previousAt: string | null): string {
  const { clock, zone } = frame;
  if (clock === "utc") return at;
  if (clock === "local") return zonedInstant(at, zone);
  const { text, fraction } = rowTime(at, frame, previousAt);
  return `${text}${fraction}`;
}

export const clockName: Record<Clock, string> = {
  utc: "UTC",
  local: "local",
  start: "since first row",
  delta: "since row above",
};

function parted(clock: string): RowTime {
  const dot = clock.lastIndexOf(".");
  return { text: clock.slice(0, dot), fraction: clock.slice(dot) };
}

/** "+5:03:02.117"; days in front when there are any. Rows may be older than the first one. */
function sinceStart(ms: number): string {
  const sign = ms < 0 ? "−" : "+";
  const size = Math.abs(ms);
  const days = Math.floor(size / day);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = `${Math.floor((size % day) / hour)}:${two((size % hour) / minute)}:${two((size % minute) / second)}`;
  return `${sign}${days > 0 ? `${days}d ` : ""}${clock}.${String(size % second).padStart(3, "0")}`;
}

/** "+0 ms", "+12.4 s": what a reader of pauses compares. */
function delta(ms: number): string {
  return ms < 0 ? formatDuration(ms) : `+${formatDuration(ms)}`;
}

const partsIn = (at: string, zone: string) =>
  zoneParts(at, zone, { month: "2-digit", timeZoneName: "longOffset" });

function zonedClock(at: string, zone: string): string {
  const { hour: hours, minute: minutes, second: seconds, fractionalSecond } = partsIn(at, zone);
  return `${hours}:${minutes}:${seconds}.${fractionalSecond}`;
}

/** "2026-11-20", in the zone: what stands before a time when a stream lasts for days. */
export function zonedDay(at: string, zone: string): string {
  const parts = partsIn(at, zone);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** "2026-11-20T15:51:09.481+01:00". */
function zonedInstant(at: string, zone: string): string {
  const offset = partsIn(at, zone).timeZoneName?.replace("GMT", "") || "+00:00";
  return `${zonedDay(at, zone)}T${zonedClock(at, zone)}${offset}`;
}
