import { isUtf8 } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import { gzipSync } from "node:zlib";
import { anyRow, differ, exactRow, type FuzzBody, type Promised, type RowCheck } from "./body";
import type { Chance } from "./chance";
import {
  joined,
  member,
  type SpelledJson,
  someJson,
  someKey,
  someMember,
  someText,
  spelledText,
} from "./json-tree";
import { mutate } from "./mutate";

/* Bodies for POST /api/v1/logs: JSON lines or one array. */

const messageNames = ["message", "Message", "msg", "Msg", "body", "log"];
const levels: Record<string, string> = {
  info: "info",
  WARN: "warn",
  Error: "error",
  trace: "debug",
  CRITICAL: "fatal",
};
const times: Record<string, string> = {
  "2026-11-20T10:00:00.123Z": "2026-11-20T10:00:00.123Z",
  "1970-01-01T00:00:00.000Z": "1970-01-01T00:00:00.000Z",
  "2026-11-20T10:00:00.123456+02:00": "2026-11-20T08:00:00.123Z",
};

interface Line {
  sent: string;
  /** Null for a line that must be refused. */
  check: RowCheck | null;
}

export function linesBody(chance: Chance): FuzzBody {
  const lines = [
    goodLine(chance),
    ...chance.times(6, () => (chance.happens(0.2) ? badLine(chance) : goodLine(chance))),
  ];
  const asArray = chance.happens(0.25);
  // A line that is no JSON would end an array early or late.
  const sent = asArray ? lines.filter(({ check }) => check !== null) : lines;
  const text = asArray
    ? `[${sent.map((line) => line.sent).join(",")}]`
    : sent.map((line) => line.sent + chance.pick(["\n", "\r\n", "\n\n", "\n \t\n"])).join("");
  const packed = chance.happens(0.2);
  const plain = Uint8Array.from(Buffer.from(text));
  return {
    door: "lines",
    kind: asArray ? "array" : "lines",
    body: packed ? Uint8Array.from(gzipSync(plain)) : plain,
    headers: packed ? { "content-encoding": "gzip" } : {},
    statuses: [200],
    twice: chance.happens(0.05),
    promised: () => sent.flatMap(({ check }) => check ?? []),
  };
}

export function mutatedLinesBody(chance: Chance): FuzzBody {
  const whole = linesBody(chance);
  const plain = whole.headers["content-encoding"]
    ? Uint8Array.from(Buffer.from('{"message":"m"}'))
    : whole.body;
  const body = mutate(plain, chance);
  return {
    door: "lines",
    kind: "mutated lines",
    body,
    headers: {},
    promised: (status, answer) => (status === 200 ? promisedByAnswer(Buffer.from(body), answer) : []),
  };
}

function goodLine(chance: Chance): Line {
  const message = someText(chance);
  const level = chance.pick(Object.keys(levels));
  const time = chance.pick(Object.keys(times));
  const text = (value: string) => spelledText(value, chance);
  const kept: SpelledJson[] = [];
  const sent: SpelledJson[] = [];
  const add = (part: SpelledJson, keep: boolean) => {
    sent.push(part);
    if (keep) kept.push(part);
  };
  const extras = chance.times(4, () => someMember(chance, someKey(chance)));
  for (const extra of extras) if (chance.happens(0.5)) add(extra, true);
  add(member(chance.pick(messageNames), text(message), chance), false);
  // What folding changed stays in the metadata.
  add(member("timestamp", text(time), chance), times[time] !== time);
  add(member("level", text(level), chance), levels[level] !== level);
  for (const extra of extras) if (!sent.includes(extra)) add(extra, true);
  return {
    sent: joined("{", "}", sent, chance).sent,
    check: exactRow({
      message,
      metadataText: kept.length > 0 ? joined("{", "}", kept, chance).compact : null,
      level: levels[level],
      at: times[time],
    }),
  };
}

function badLine(chance: Chance): Line {
  const { sent } = goodLine(chance);
  const bad = chance.pick([
    sent.slice(0, -1),
    `${sent}x`,
    `${sent}${sent}`,
    "plain text",
    "null",
    "7",
    `[${someJson(chance).sent}]`,
    `{"a":${"[".repeat(501)}${"]".repeat(501)}}`,
    "{'a':1}",
    '{"a":01}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":NaN}',
    '{"a":"\\x"}',
    '{"a":"\u0001"}',
    '{"a":1,}',
  ]);
  return { sent: bad, check: null };
}

/**
 * Which lines of a body that nobody planned must be stored, told by JSON.parse: every line that is a JSON object, and no
 * other. Of an array that does not parse as a whole only the number of rows is known, from the answer.
 */
function promisedByAnswer(body: Buffer, answer: string): Promised {
  const { accepted } = JSON.parse(answer);
  if (body.find((byte) => byte > 0x20) === 0x5b) {
    const elements = isUtf8(body) ? parse(body.toString("utf8")) : null;
    if (!Array.isArray(elements)) return Array.from({ length: accepted }, () => anyRow);
    return elements.flatMap((element) => checkOf(element) ?? []);
  }
  return splitLines(body).flatMap((line) =>
    isUtf8(line) ? (checkOf(parse(line.toString("utf8"))) ?? []) : [],
  );
}

function splitLines(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf("\n", start);
    const end = found < 0 ? body.length : found;
    const line = body.subarray(start, end);
    // Editors begin a file with a byte order mark; it belongs to no line.
    lines.push(
      start === 0 && line.toString("latin1").startsWith("\u00ef\u00bb\u00bf") ? line.subarray(3) : line,
    );
    start = end + 1;
  }
  return lines;
}

/** Every field that was sent is found as the same value, in the metadata or as what it became; and nothing else is there. */
function checkOf(sent: unknown): RowCheck | null {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent) || depthOf(sent) > 500) return null;
  const fields = new Map<string, unknown>(Object.entries(sent));
  return ({ message, metadataText, level, at }) => {
    const kept = new Map<string, unknown>(
      Object.entries(metadataText === null ? {} : JSON.parse(metadataText)),
    );
    const became = [message, level, at.toISOString()];
    for (const [key, value] of fields) {
      if (kept.has(key) ? !isDeepStrictEqual(kept.get(key), value) : !became.some((each) => each === value))
        return differ(`field ${JSON.stringify(key)}`, kept.get(key), value);
    }
    for (const key of kept.keys())
      if (!fields.has(key)) return `the metadata has ${JSON.stringify(key)}, which nobody sent`;
    const named = messageNames.map((name) => fields.get(name)).find((value) => typeof value === "string");
    return named === undefined || named === message ? null : differ("message", message, named);
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
