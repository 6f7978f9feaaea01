import { type LogLevel, logLevels } from "@/lib/logs/level";
import { type ParsedEntry, parseLine } from "@/lib/logs/parse-line";
import type { Random } from "@/lib/seeded-random";

/** A line, and what must be read back of it. Said here once more, independently of the parser. */
export interface SentLine {
  /** Unlike that of any other line of the run; message and metadata both begin with it. */
  id: string;
  text: string;
  /** Null where the line names no time that can be read. */
  at: string | null;
  level: LogLevel;
  message: string;
  metadataText: string;
}

export type LineKind = "ordinary" | "odd_time" | "hostile" | "long";

const start = Date.parse("2026-11-20T08:00:00.000Z");
const oddTimes = [
  "1970-01-01T00:00:00.000Z",
  "2099-12-31T23:59:59.999Z",
  "0001-01-01T00:00:00.000Z",
  "9999-12-31T23:59:59.999Z",
  "2026-11-20T08:00:00.000Z",
] as const;

/** JSON texts, as they stand in a line: what readers, databases and shells stumble over. */
const hostileStrings = [
  String.raw`"\u0000 in the middle"`,
  String.raw`"lone \ud800 surrogate \udc00 pair"`,
  String.raw`"line\u2028and paragraph\u2029ends"`,
  String.raw`"two\nlines\r\nand \"quotes\" \\ \/ \u0041"`,
  `"${"a long line of sixteen KB. ".repeat(620)}"`,
  `"=cmd|' /C calc'!A0"`,
  `"\u{1f6f0}\ufe0f e\u0301 \u202eright to left\u202c"`,
] as const;
const hostileFields = [
  `"$where":"1","a.b":{"$gt":""},"":null`,
  `"big":9223372036854775807,"bigger":123456789012345678901234567890,"tiny":-9223372036854775808`,
  `"exact":1.10,"exponent":1e400,"minus":-0`,
  `"twice":1,"twice":2`,
  `"__proto__":{"polluted":true},"constructor":1`,
  `"deep":[[[[[[[[[[{"a":[]}]]]]]]]]]]`,
  `"_id":"mine","workspaceId":"theirs","sequenceNumber":-1`,
] as const;

export function makeLine(random: Random, id: string, number: number, kind: LineKind): SentLine {
  const level = logLevels[random.whole(0, logLevels.length - 1)] ?? "info";
  const regular = new Date(start + number * 10).toISOString();
  const at = kind === "odd_time" && random.chance(0.5) ? random.pick(oddTimes) : regular;
  const hostile = kind === "hostile";
  const message = hostile ? hostileMessage(random, id) : JSON.stringify(`${id} ${plainText(random, kind)}`);
  const fields = hostile
    ? random.pick(hostileFields)
    : `"part":${random.whole(0, 9)},"nested":{"n":[1,2,"x"]}`;
  const metadata = `"id":${JSON.stringify(id)},${fields}`;
  return {
    id,
    text: `{"timestamp":"${at}","level":"${level}","message":${message},${metadata}}`,
    at,
    level,
    message: String(JSON.parse(message)),
    metadataText: `{${metadata}}`,
  };
}

/** The entries of lines that are all good, as a writer sends them. */
export function parsedEntries(lines: string[]): ParsedEntry[] {
  return lines.map((line) => {
    const parsed = parseLine(line);
    if (!parsed.ok) throw new Error(`${parsed.reason}: ${line.slice(0, 200)}`);
    return parsed.entry;
  });
}

function plainText(random: Random, kind: LineKind): string {
  if (kind === "long")
    return `${random.whole(0, 9)}a megabyte, less or more `.repeat(random.whole(10_000, 50_000));
  return `step ${random.whole(0, 999)} done`;
}

function hostileMessage(random: Random, id: string): string {
  return `"${id} ${random.pick(hostileStrings).slice(1)}`;
}
