import { day, hour, minute, second } from "@/lib/time";
import { parseRowNumber } from "./selection";

/** Where somebody wants to go: a row by its number, or the first one at a time. */
export type PlaceAsked = { kind: "row"; seq: number } | { kind: "time"; at: string };

export interface AskedIn {
  total: number;
  /** Last time of the episode: the day that a time without one means, and what "-5m" counts back from. */
  lastAt: string | null;
  firstAt: string | null;
  /** Minutes to add to UTC for the clock on screen, at a moment. */
  offsetMinutes: (at: number) => number;
}

const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day };

/**
 * "8,412,077", "14:02", "14:02:11.481", "2026-11-20 14:02", an ISO time, "-5m" (before the last row) or "+90s" (after the
 * first). A time of day is on the last day of the episode, or on its first where the last has no such time. Null: none of these.
 */
export function placeAsked(text: string, asked: AskedIn): PlaceAsked | null {
  const wanted = text.trim();
  const seq = parseRowNumber(wanted, asked.total);
  if (seq !== null) return { kind: "row", seq };
  const at = relative(wanted, asked) ?? ofDay(wanted, asked) ?? withDate(wanted, asked);
  return at === null ? null : { kind: "time", at: new Date(at).toISOString() };
}

function relative(text: string, { firstAt, lastAt }: AskedIn): number | null {
  const [, sign, count, unit = ""] = /^([+-])(\d{1,7}(?:\.\d{1,3})?) ?([smhd])$/.exec(text) ?? [];
  const from = sign === "-" ? lastAt : firstAt;
  if (!count || !from) return null;
  const distance = Number(count) * (units[unit] ?? 0);
  return Date.parse(from) + (sign === "-" ? -distance : distance);
}

function ofDay(text: string, asked: AskedIn): number | null {
  const time = msOfDay(text);
  if (time === null || !asked.lastAt) return null;
  const onDayOf = (at: string) => {
    const moment = Date.parse(at);
    const offset = asked.offsetMinutes(moment) * minute;
    return Math.floor((moment + offset) / day) * day + time - offset;
  };
  const last = onDayOf(asked.lastAt);
  if (last <= Date.parse(asked.lastAt) || !asked.firstAt) return last;
  const before = last - day;
  return before >= Date.parse(asked.firstAt) ? before : onDayOf(asked.firstAt);
}

function withDate(text: string, { offsetMinutes }: AskedIn): number | null {
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?) ?(Z|UTC|[+-]\d{2}:\d{2})?)?$/.exec(
      text,
    );
  const [, date = "", clock = "0:00", zone] = parts ?? [];
  const time = msOfDay(clock);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (!parts || time === null || Number.isNaN(midnight)) return null;
  const local = midnight + time;
  if (zone === "Z" || zone === "UTC") return local;
  if (zone)
    return local - Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * hour + Number(zone.slice(4)) * minute);
  return local - offsetMinutes(local) * minute;
}

function msOfDay(text: string): number | null {
  const [, hours, minutes, seconds = "0", fraction = ""] =
    /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return (
    Number(hours) * hour +
    Number(minutes) * minute +
    Number(seconds) * second +
    Number(fraction.padEnd(3, "0"))
  );
}

/** Minutes that a zone is ahead of UTC at a moment. */
export function zoneOffsetMinutes(zone: string, at: number): number {
  const name = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours, minutes = "0"] = /([+-])(\d{2}):?(\d{2})?/.exec(name ?? "") ?? [];
  return sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) : 0;
}
