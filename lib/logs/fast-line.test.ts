import { describe, expect, test } from "vitest";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { newObjectId } from "@/lib/mongo/object-id";
import { seededRandom } from "@/lib/seeded-random";
import { fromAnyLine, toLine } from "./entry-line";
import { fromCommonLine } from "./fast-line";
import { logLevels } from "./level";

const texts = [
  "",
  "plain words",
  'a "quoted" \\ back\\slash',
  "line\nend\ttab\u0000nul",
  "größe 漢字 😀 \u2028",
  ',"metadata":{"x":1},"createdAt":"2026-11-20T08:00:00.000Z"}',
  '"}',
  "\\",
];
const metadatas = [
  undefined,
  {},
  { a: 1, b: { c: ["x", null, true, 12345678901234567n] } },
  { createdAt: "2026-11-20T08:00:00.000Z" },
  { message: 'say "hi"', raw: "no raw at all" },
  { 'k"ey': ',"raw":"' },
];

function entryWith(fields: Partial<LogEntry>): LogEntry {
  return {
    _id: newObjectId(),
    workspaceId: "w",
    episodeId: "e",
    timestamp: new Date("2026-11-20T08:00:00.123Z"),
    level: "info",
    message: "",
    sequenceNumber: 7n,
    createdAt: new Date("2026-11-20T08:00:01.000Z"),
    ...fields,
  };
}

describe("a line taken apart by where its parts stand", () => {
  test("is the entry that reading it as JSON gives, whatever message and metadata hold", () => {
    const random = seededRandom("lines");
    for (const message of texts) {
      for (const metadata of metadatas) {
        const sequenceNumber = BigInt(random.whole(0, 2 ** 31)) * 2n ** 31n;
        const entry = entryWith({ message, sequenceNumber, level: random.pick(logLevels) });
        const line = toLine(metadata === undefined ? entry : { ...entry, metadata });
        expect(fromCommonLine(line)).toEqual(fromAnyLine(line));
      }
    }
  });

  test("is left to the slow way when it has more or other parts", () => {
    for (const fields of [
      { raw: '{"message":"x","metadata":{"a":1.0}}' },
      { raw: `{"message":"x"},"createdAt":"2026-11-20T08:00:00.000Z"}` },
      { flags: ["timestamp_missing"] },
      { timestamp: new Date(8.64e15) },
    ]) {
      const line = toLine(entryWith(fields));
      expect(fromCommonLine(line)).toBeNull();
    }
    expect(fromCommonLine("")).toBeNull();
    expect(fromCommonLine('{"message":"x"}')).toBeNull();
  });
});
