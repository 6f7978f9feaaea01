import { type Instant, toMs } from "@/lib/time";
import { zoneParts } from "./zone-parts";

/** How one page writes times: all of them in one zone, which is named beside them. */
export interface ScreenTime {
  /** "UTC", "CET", "GMT+5:30". */
  zone: string;
  /** "14:02:11" */
  clock: (at: Instant) => string;
  /** "14:02:11.481" */
  clockMs: (at: Instant) => string;
  /** "14:02" */
  hourMinute: (at: Instant) => string;
  /** "20 Nov" */
  day: (at: Instant) => string;
  /** "20 Nov 2026" */
  date: (at: Instant) => string;
  /** "20 Nov 2026, 14:02:11 UTC" */
  instant: (at: Instant) => string;
}

/** `timeZone` as Intl names it. */
export function screenTime(timeZone: string): ScreenTime {
  const parts = (at: Instant) => zoneParts(at, timeZone, { month: "short", timeZoneName: "short" });
  const clock = (at: Instant) => {
    const { hour, minute, second } = parts(at);
    return `${hour}:${minute}:${second}`;
  };
  const day = (at: Instant) => `${Number(parts(at).day)} ${parts(at).month}`;
  const date = (at: Instant) => `${day(at)} ${parts(at).year}`;
  const zone = (at: Instant) => (timeZone === "UTC" ? "UTC" : (parts(at).timeZoneName ?? timeZone));
  return {
    zone: zone(Date.now()),
    clock,
    clockMs: (at) => `${clock(at)}.${parts(at).fractionalSecond}`,
    hourMinute: (at) => clock(at).slice(0, 5),
    day,
    date,
    instant: (at) => `${date(at)}, ${clock(at)} ${zone(at)}`,
  };
}

/** A range in words; a day that both ends share is said once: "20 Nov 05:48:00 to 14:02:11". */
export function rangeText(from: Instant, to: Instant, time: ScreenTime, precise = false): string {
  const thisYear = time.date(from).slice(-4) === time.date(to).slice(-4);
  const day = thisYear ? time.day : time.date;
  const write = precise && hasMs(from, to) ? time.clockMs : precise ? time.clock : time.hourMinute;
  const start = `${day(from)} ${write(from)}`;
  const sameDay = time.date(from) === time.date(to);
  return `${start} to ${sameDay ? write(to) : `${day(to)} ${write(to)}`}`;
}

function hasMs(...times: Instant[]): boolean {
  return times.some((at) => toMs(at) % 1000 !== 0);
}
