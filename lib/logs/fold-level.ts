import type { JsonValue } from "./json-text";
import type { LogLevel } from "./level";

const words: Record<LogLevel, string[]> = {
  debug: ["trace", "verbose", "debug", "dbg", "fine", "finer", "finest", "silly", "t", "v", "d"],
  info: ["info", "information", "informational", "notice", "config", "log", "normal", "success", "i", "n"],
  warn: ["warn", "warning", "wrn", "w"],
  error: ["error", "err", "severe", "failure", "e"],
  fatal: ["fatal", "critical", "crit", "alert", "emerg", "emergency", "panic", "dpanic", "c", "f"],
};

const levelOfWord = new Map(
  (Object.keys(words) as LogLevel[]).flatMap((level) => words[level].map((word) => [word, level] as const)),
);

/** Fields that carry a level, the most telling first: words before numbers. */
export const levelFields = [
  "level",
  "Level",
  "severity",
  "Severity",
  "severityText",
  "SeverityText",
  "severity_text",
  "loglevel",
  "logLevel",
  "log_level",
  "log.level",
  "levelname",
  "lvl",
  "levelno",
  "severityNumber",
  "SeverityNumber",
  "severity_number",
  "SeverityValue",
];

/** The console's level for what a producer wrote in `field`, or null when it is none of the known words and numbers. */
export function foldLevel(field: string, value: JsonValue): LogLevel | null {
  if (typeof value === "number") return foldNumber(field, value);
  if (typeof value !== "string") return null;
  const known = levelOfWord.get(value);
  if (known) return known;
  const word = value.trim().toLowerCase();
  if (/^\d{1,3}$/.test(word)) return foldNumber(field, Number(word));
  // OpenTelemetry counts within a level: INFO2, ERROR3.
  return levelOfWord.get(word) ?? levelOfWord.get(word.replace(/\d$/, "")) ?? null;
}

/** The same number means different things in different scales; the field's name tells which scale it is. */
function foldNumber(field: string, value: number): LogLevel | null {
  if (/^severity_?number$/i.test(field))
    return scaleOf(value, { debug: 1, info: 9, warn: 13, error: 17, fatal: 21, end: 25 });
  if (field === "SeverityValue")
    return scaleOf(value, { debug: 1, info: 2, warn: 3, error: 4, fatal: 5, end: 6 });
  // Python counts 10, 20 … from debug; pino and bunyan from trace.
  if (field === "levelno")
    return scaleOf(value, { debug: 0, info: 20, warn: 30, error: 40, fatal: 50, end: 100 });
  if (value >= 10) return scaleOf(value, { debug: 10, info: 30, warn: 40, error: 50, fatal: 60, end: 100 });
  const scale = field === "Level" ? windowsLevels : syslogLevels;
  return scale[value] ?? null;
}

/** Windows event levels; 0 is "always logged". */
const windowsLevels: readonly LogLevel[] = ["info", "fatal", "error", "warn", "info", "debug"];
/** Syslog severities, which GELF uses in `level` too. */
const syslogLevels: readonly LogLevel[] = [
  "fatal",
  "fatal",
  "fatal",
  "error",
  "warn",
  "info",
  "info",
  "debug",
];

function scaleOf(value: number, starts: Record<LogLevel | "end", number>): LogLevel | null {
  if (value < starts.debug || value >= starts.end) return null;
  if (value >= starts.fatal) return "fatal";
  if (value >= starts.error) return "error";
  if (value >= starts.warn) return "warn";
  return value >= starts.info ? "info" : "debug";
}
