import { day, hour, type Instant, minute, second, toMs } from "./time";

/*
 * How figures and times are written. Every figure carries its unit. The language is fixed, so the server and the browser
 * write the same text; clocks are UTC and say so, because a page is read by people in several zones beside logs in UTC.
 */

const thousands = new Intl.NumberFormat("en-US");
const oneDecimal = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** 1234567 -> "1,234,567". Digits of an int64 may come as text. */
export function formatCount(count: number | bigint | string): string {
  return thousands.format(typeof count === "string" ? BigInt(count) : count);
}

/** "1 task", "26 tasks"; an irregular plural is given. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "3.6 M"; below ten thousand the exact count. For tiles and axes, never where exactness is promised. */
export function formatCompact(count: number): string {
  const step = compactSteps.find(({ from }) => Math.abs(count) >= from);
  return step ? `${oneDecimal.format(count / step.unit)} ${step.suffix}` : formatCount(count);
}
const compactSteps = [
  { from: 1e9, unit: 1e9, suffix: "G" },
  { from: 1e6, unit: 1e6, suffix: "M" },
  { from: 1e4, unit: 1e3, suffix: "k" },
];

/** Binary units: "512 B", "1.5 KiB", "240 MiB". */
export function formatBytes(bytes: number | bigint): string {
  let value = Number(bytes);
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < byteUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Math.abs(value) >= 100 ? Math.round(value) : oneDecimal.format(value)} ${byteUnits[unit]}`;
}
const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

/** 0.9642 -> "96.4%". Never rounds up to 100% what is not whole, nor down to 0% what is not nothing. */
export function formatPercent(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  if (share < 1 && rounded >= 100) return "> 99.9%";
  if (share > 0 && rounded <= 0) return "< 0.1%";
  return `${oneDecimal.format(rounded)}%`;
}

/** The two largest units: "640 ms", "4.2 s", "2 min 08 s", "8 h 14 min", "3 d 04 h". */
export function formatDuration(ms: number): string {
  if (ms < 0) return `−${formatDuration(-ms)}`;
  if (ms < second) return `${Math.round(ms)} ms`;
  if (ms < 10 * second) return `${oneDecimal.format(Math.floor(ms / 100) / 10)} s`;
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  const [large, small] =
    ms < hour ? ([minute, second] as const) : ms < day ? ([hour, minute] as const) : ([day, hour] as const);
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms % large) / small);
  return `${formatCount(whole)} ${unitName(large)} ${twoDigits(rest)} ${unitName(small)}`;
}

/** "just now", "4 min ago", "in 3 h"; beyond a week the date. One unit: the exact instant stands in the tooltip. */
export function formatRelative(at: Instant, now: Instant = Date.now()): string {
  const age = toMs(now) - toMs(at);
  const distance = Math.abs(age);
  if (distance < 10 * second) return "just now";
  if (distance >= 7 * day) return formatDate(at);
  const unit = distance < minute ? second : distance < hour ? minute : distance < day ? hour : day;
  const text = `${Math.floor(distance / unit)} ${unitName(unit)}`;
  return age > 0 ? `${text} ago` : `in ${text}`;
}

/** "14:02:11", in UTC. Whoever shows it names the zone once beside it. */
export function formatClock(at: Instant): string {
  return isoText(at).slice(11, 19);
}

/** "14:02", in UTC. */
export function formatHourMinute(at: Instant): string {
  return isoText(at).slice(11, 16);
}

/** "14:02:11.481", in UTC. */
export function formatClockMs(at: Instant): string {
  return isoText(at).slice(11, 23);
}

/** "20 Nov 2026", in UTC. */
export function formatDate(at: Instant): string {
  return dateParts.format(toMs(at));
}
const dateParts = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** "20 Nov 2026, 14:02:11 UTC". */
export function formatInstant(at: Instant): string {
  return Number.isNaN(toMs(at)) ? "—" : `${formatDate(at)}, ${formatClock(at)} UTC`;
}

/** The same instant in the reader's own zone; only for the browser (the server does not know the zone). */
export function formatLocalInstant(at: Instant): string {
  return localParts.format(toMs(at));
}
const localParts = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});

/** An id cut in its middle: "7f3a91e0…c21". Ends are what people compare. */
export function shortenId(id: string, head = 8, tail = 4): string {
  return id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`;
}

function isoText(at: Instant): string {
  const ms = toMs(at);
  return Number.isNaN(ms) ? "—" : new Date(ms).toISOString();
}

function unitName(unit: number): string {
  if (unit === day) return "d";
  if (unit === hour) return "h";
  return unit === minute ? "min" : "s";
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
