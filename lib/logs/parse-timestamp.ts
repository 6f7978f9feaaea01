import type { JsonValue } from "./json-text";

/** Fields that carry the time of an entry, the most telling first. */
export const timestampFields = [
  "timestamp",
  "@timestamp",
  "time",
  "Timestamp",
  "ts",
  "EventTime",
  "eventTime",
  "TimeCreated",
  "datetime",
];

export interface ParsedTimestamp {
  at: Date;
  /** The text named no time zone; UTC was taken. */
  zoneAssumed: boolean;
  /** The text is how this time is written here, so that nothing is lost with it. */
  canonical: boolean;
}

const isoText = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const canonicalLength = "2026-11-20T08:00:00.000Z".length;
const isValid = (date: Date) => !Number.isNaN(date.getTime());
/** ISO text and the browser know the years 1 to 9999; a time outside them is no time of a log entry. */
const earliest = Date.parse("0001-01-01T00:00:00Z");
const latest = Date.parse("9999-12-31T23:59:59.999Z");

/** ISO 8601, or seconds, milliseconds, microseconds or nanoseconds since 1970; null for everything else. */
export function parseTimestamp(value: JsonValue): ParsedTimestamp | null {
  if (typeof value === "number" || typeof value === "bigint") return fromEpoch(Number(value));
  if (typeof value !== "string") return null;
  if (value.length === canonicalLength) {
    const at = new Date(value);
    // Most producers write exactly this, and then nothing is left to take apart.
    if (isValid(at) && at.toISOString() === value) return within(at.getTime(), false, true);
  }
  const text = value.trim();
  if (/^-?\d{1,19}(\.\d+)?$/.test(text)) return fromEpoch(Number(text));
  const match = isoText.exec(text);
  if (!match) return null;
  const [, day, time, fraction = "", zone] = match;
  // Whole milliseconds only: the rest of a fraction is cut, never rounded into the next second.
  const offset = zone ? zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, "$1:$2") : "Z";
  const milliseconds = Date.parse(`${day}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}${offset}`);
  return within(milliseconds, zone === undefined);
}

function fromEpoch(value: number): ParsedTimestamp | null {
  const size = Math.abs(value);
  // The unit is told by the size: each of these ranges covers the years from 1973 to 5138 of its unit.
  if (size < 1e11) return within(Math.floor(value * 1e3), false);
  if (size < 1e14) return within(Math.floor(value), false);
  if (size < 1e17) return within(Math.floor(value / 1e3), false);
  return within(Math.floor(value / 1e6), false);
}

function within(milliseconds: number, zoneAssumed: boolean, canonical = false): ParsedTimestamp | null {
  if (!(milliseconds >= earliest && milliseconds <= latest)) return null;
  return { at: new Date(milliseconds), zoneAssumed, canonical };
}
