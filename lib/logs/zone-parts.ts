import { type Instant, toMs } from "@/lib/time";

export type ZoneParts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

const kept = new Map<string, Intl.DateTimeFormat>();

/**
 * What an instant is called in a zone, part by part; nothing of one that is none. The language is fixed, so that the same
 * instant reads the same to everybody in a zone. Formats are dear to make, and a list asks for each of its rows.
 */
export function zoneParts(
  at: Instant,
  timeZone: string,
  style: Pick<Intl.DateTimeFormatOptions, "month" | "timeZoneName">,
): ZoneParts {
  const ms = toMs(at);
  if (Number.isNaN(ms)) return {};
  const parts = formatOf(timeZone, style).formatToParts(ms);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

function formatOf(
  timeZone: string,
  style: Pick<Intl.DateTimeFormatOptions, "month" | "timeZoneName">,
): Intl.DateTimeFormat {
  const key = `${timeZone} ${style.month} ${style.timeZoneName}`;
  const known = kept.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
    ...style,
  });
  kept.set(key, made);
  return made;
}
