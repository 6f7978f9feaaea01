import { describe, expect, test } from "vitest";
import { foldLevel } from "./fold-level";
import { toJsonText } from "./json-write";
import { type ParsedEntry, parseLine } from "./parse-line";
import { parseTimestamp } from "./parse-timestamp";

function entryOf(line: string): ParsedEntry {
  const parsed = parseLine(line);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.entry;
}

describe("parseLine", () => {
  test("takes message, time and level out and keeps the rest in its order", () => {
    const entry = entryOf(
      '{"z":1,"message":"hello","timestamp":"2026-11-20T10:00:00.000Z","level":"warn","a":{"b":[2]}}',
    );
    expect(entry).toMatchObject({ message: "hello", level: "warn", flags: [] });
    expect(entry.timestamp?.toISOString()).toBe("2026-11-20T10:00:00.000Z");
    expect(toJsonText(entry.metadata)).toBe('{"z":1,"a":{"b":[2]}}');
    expect(entry.raw).toBeUndefined();
  });

  test("keeps the words of a level or a time that folding changed", () => {
    const entry = entryOf('{"msg":"m","Severity":"ERROR","@timestamp":"2020-06-10T02:50:56.537123Z"}');
    expect(entry.level).toBe("error");
    expect(entry.timestamp?.toISOString()).toBe("2020-06-10T02:50:56.537Z");
    expect(entry.metadata).toEqual({ Severity: "ERROR", "@timestamp": "2020-06-10T02:50:56.537123Z" });
  });

  test("flags what it had to assume", () => {
    expect(entryOf('{"message":"m"}').flags).toEqual(["timestamp_missing", "level_missing"]);
    expect(entryOf('{"message":"m","time":"yesterday","level":"loud"}').flags).toEqual([
      "timestamp_unreadable",
      "level_unknown",
    ]);
    expect(entryOf('{"message":"m","time":"2020-06-10 02:50:56","level":"info"}').flags).toEqual([
      "timestamp_zone_assumed",
    ]);
  });

  test("a line without a message shows itself", () => {
    const entry = entryOf('{ "level":"info", "EventID": 7 }');
    expect(entry.message).toBe('{"level":"info","EventID":7}');
    expect(entry.metadata).toEqual({ EventID: 7 });
    expect(entry.flags).toContain("message_missing");
  });

  test("a message that is no text is shown as its JSON and stays in the metadata", () => {
    const entry = entryOf('{"message":{"a":1},"level":"info"}');
    expect(entry.message).toBe('{"a":1}');
    expect(entry.metadata).toEqual({ message: { a: 1 } });
  });

  test("what a document cannot hold is kept word for word, and the other fields stay searchable", () => {
    const entry = entryOf('{"message":"half \\ud83d pair","n":1.0,"$where":1,"ok":"yes","level":"info"}');
    expect(entry.message).toBe("half � pair");
    expect(entry.metadata).toEqual({ ok: "yes" });
    expect(entry.raw).toBe('{"message":"half \\ud83d pair","metadata":{"n":1.0,"$where":1,"ok":"yes"}}');
  });

  test("nothing of a repeated key is lost", () => {
    const entry = entryOf('{"message":"first","message":"second","level":"info"}');
    expect(entry.message).toBe("second");
    expect(entry.raw).toBe('{"message":"second","metadata":{"message":"first","message":"second"}}');
  });

  test("a broken line is refused with its reason", () => {
    expect(parseLine('{"message":')).toEqual({
      ok: false,
      reason: "The text ends too early at character 12",
    });
    expect(parseLine("plain text")).toMatchObject({
      ok: false,
      reason: expect.stringContaining("Not a JSON object"),
    });
  });
});

describe("foldLevel", () => {
  test.each([
    ["level", "INFO", "info"],
    ["level", "notice", "info"],
    ["level", "WARNING", "warn"],
    ["level", "SEVERE", "error"],
    ["level", "Critical", "fatal"],
    ["level", "trace", "debug"],
    ["SeverityText", "ERROR3", "error"],
    ["Level", "2", "error"],
    ["Level", "0", "info"],
    ["Level", 3, "warn"],
    ["level", 3, "error"],
    ["level", 30, "info"],
    ["levelno", 30, "warn"],
    ["severityNumber", 9, "info"],
    ["severityNumber", 21, "fatal"],
    ["SeverityValue", 4, "error"],
    ["level", "loud", null],
    ["level", -1, null],
    ["level", true, null],
  ] as const)("%s %j is %s", (field, value, level) => {
    expect(foldLevel(field, value)).toBe(level);
  });
});

describe("parseTimestamp", () => {
  test.each([
    ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00.000Z"],
    ["2026-11-20T10:00:00.123456789+02:00", "2026-11-20T08:00:00.123Z"],
    ["2026-11-20 10:00:00,5 +0200", "2026-11-20T08:00:00.500Z"],
    [1591757456, "2020-06-10T02:50:56.000Z"],
    [1591757456.537, "2020-06-10T02:50:56.537Z"],
    ["1591757456537", "2020-06-10T02:50:56.537Z"],
    [1591757456537123, "2020-06-10T02:50:56.537Z"],
    [1591757456537123456n, "2020-06-10T02:50:56.537Z"],
    [0, "1970-01-01T00:00:00.000Z"],
    ["2099-01-01T00:00:00Z", "2099-01-01T00:00:00.000Z"],
  ])("%s is %s", (value, iso) => {
    expect(parseTimestamp(value)?.at.toISOString()).toBe(iso);
  });

  test.each([["soon"], ["2026-13-40T00:00:00Z"], ["0000-01-01T00:00:00Z"], [null], [true], [""]])(
    "%j is no time",
    (value) => {
      expect(parseTimestamp(value)).toBeNull();
    },
  );
});
