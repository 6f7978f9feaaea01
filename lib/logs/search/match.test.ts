import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { ReadEntry } from "../entry-line";
import { hitsAmong, matcherFor } from "./match";
import { asksForNothing, type LogQueryInput, logQueryFrom, logQueryParams, parseQuery } from "./query";

function entry(fields: Partial<ReadEntry>): ReadEntry {
  const at = new Date("2026-11-20T08:00:00.000Z");
  return {
    seq: 0n,
    at,
    level: "info",
    message: "",
    metadataText: null,
    receivedAt: at,
    flags: [],
    ...fields,
  };
}

const isHit = (query: LogQueryInput, fields: Partial<ReadEntry>) =>
  matcherFor(parseQuery(query))(entry(fields));

describe("text", () => {
  test("is found in any case, in the message and in the metadata, and never as a pattern", () => {
    expect(isHit({ text: "TIMEOUT" }, { message: "a timeout occurred" })).toBe(true);
    expect(isHit({ text: "größe" }, { message: "GRÖSSE, GRÖßE" })).toBe(true);
    expect(isHit({ text: '"source":"Part' }, { metadataText: '{"source":"part-1"}' })).toBe(true);
    expect(isHit({ text: "t.*t" }, { message: "timeout" })).toBe(false);
    expect(isHit({ text: "absent" }, { message: "present", metadataText: '{"a":1}' })).toBe(false);
  });

  test("of the metadata is what its strings say, not how JSON escapes them", () => {
    const metadataText = JSON.stringify({ query: 'say "hi"\nC:\\temp' });
    expect(isHit({ text: 'say "hi"' }, { metadataText })).toBe(true);
    expect(isHit({ text: 'hi"\nc:\\temp' }, { metadataText })).toBe(true);
  });
});

describe("a word", () => {
  test.each([
    ["cat", "the cat sat", true],
    ["CAT", "cat", true],
    ["cat", "concat cats cat_1 cat9", false],
    ["cat", "concat (cat)", true],
    ["über", "darüber", false],
    ["über", "über-all", true],
    ["a.b", "xa.b a.bx", false],
    ["a.b", "(a.b)", true],
    ["k", "K", true],
  ])("%j in %j: %s", (text, message, found) => {
    expect(isHit({ text, mode: "word" }, { message })).toBe(found);
  });
});

describe("a pattern", () => {
  test("is JavaScript's, in any case, by line", () => {
    const search = (text: string, message: string) => isHit({ text, mode: "regex" }, { message });
    expect(search("time(out|limit) [0-9]+ms", "Timeout 300ms")).toBe(true);
    expect(search("^second", "first\nsecond")).toBe(true);
    expect(search("^irst", "first")).toBe(false);
    expect(search("\\p{Lu}", "x")).toBe(true);
  });

  test("that is none is refused with what is wrong about it", () => {
    expect(() => parseQuery({ text: "a(", mode: "regex" })).toThrow(
      /text: This is not a regular expression: Unterminated group/,
    );
    expect(parseQuery({ text: "a(" }).text).toBe("a(");
  });

  test("that takes exponential time is ended, and the process goes on", () => {
    const rows = [entry({ message: `${"a".repeat(60)}!` })];
    const query = parseQuery({ text: "^(a+)+$", mode: "regex" });
    expect(() => hitsAmong(query)(rows)).toThrow(AppError);
    expect(() => matcherFor(query)(rows[0] ?? entry({}))).toThrow(/takes too long/);
    expect(hitsAmong(parseQuery({ text: "a+!", mode: "regex" }))(rows)).toEqual(rows);
  });
});

describe("time", () => {
  const at = new Date("2026-11-20T08:00:00.000Z");
  test("counts its first moment and not its last", () => {
    expect(isHit({ time: { from: "2026-11-20T08:00:00Z" } }, { at })).toBe(true);
    expect(isHit({ time: { from: "2026-11-20T08:00:00.001Z" } }, { at })).toBe(false);
    expect(isHit({ time: { to: "2026-11-20T08:00:00Z" } }, { at })).toBe(false);
    expect(isHit({ time: { to: "2026-11-20T10:00:00.001+02:00" } }, { at })).toBe(true);
  });
});

describe("metadata", () => {
  const metadataText =
    '{"user":{"id":12345678901234567890,"name":"Ann \\"A\\" Lee"},"http.status":500,"steps":[{"n":1.0},{"n":"two","ok":true}],"empty":null,"a:b":"x","http":{"status":404}}';
  test.each([
    ["eq:user.id:12345678901234567890", true],
    ["eq:user.id:12345678901234567000", false],
    ['eq:user.name:Ann "A" Lee', true],
    ["eq:user.name:ann", false],
    ["contains:user.name:lee", true],
    ["eq:http.status:500", true],
    ["eq:http.status:404", true],
    ["eq:http.status:50", false],
    ["eq:steps[0].n:1.0", true],
    ["eq:steps[1].n:two", true],
    ["exists:steps[1].ok", true],
    ["exists:steps[2]", false],
    ["exists:empty", true],
    ["eq:empty:null", true],
    ["exists:user.none", false],
    ['eq:["a:b"]:x', true],
    ["contains:steps:two", true],
  ])("%s: %s", (condition, found) => {
    const query = logQueryFrom(new URLSearchParams([["meta", condition]]));
    expect(matcherFor(query)(entry({ metadataText }))).toBe(found);
    expect(matcherFor(query)(entry({ metadataText: null }))).toBe(false);
  });
});

test("a template finds the messages that were made from it", () => {
  const template = "Connection from <*> closed after <*> ms";
  expect(isHit({ template }, { message: "Connection from 10.0.0.1 closed after 15 ms" })).toBe(true);
  expect(isHit({ template }, { message: "Connection from 10.0.0.1 opened after 15 ms" })).toBe(false);
});

test("several values of one path are alternatives, other conditions are not", () => {
  const among = (conditions: string[], metadataText: string) =>
    matcherFor(logQueryFrom(new URLSearchParams(conditions.map((each) => ["meta", each]))))(
      entry({ metadataText }),
    );
  const either = ["eq:node:a", "eq:node:b"];
  expect(among(either, '{"node":"a"}')).toBe(true);
  expect(among(either, '{"node":"b"}')).toBe(true);
  expect(among(either, '{"node":"c"}')).toBe(false);
  expect(among([...either, "eq:user:x"], '{"node":"b","user":"y"}')).toBe(false);
  expect(among(["ne:node:a", "ne:node:b"], '{"node":"b"}')).toBe(false);
  expect(among(["contains:node:a", "contains:node:b"], '{"node":"a"}')).toBe(false);
});

describe("left out", () => {
  const metadataText = '{"node":"gpu-1","http.status":500,"http":{"status":404},"empty":""}';
  const meets = (condition: string, text: string | null) =>
    matcherFor(logQueryFrom(new URLSearchParams([["meta", condition]])))(entry({ metadataText: text }));

  test("a value leaves rows with another one, and rows with none", () => {
    expect(meets("ne:node:gpu-1", metadataText)).toBe(false);
    expect(meets("ne:node:gpu", metadataText)).toBe(true);
    expect(meets("ne:absent:gpu-1", metadataText)).toBe(true);
    expect(meets("ne:node:gpu-1", null)).toBe(true);
    expect(meets("ne:empty:", metadataText)).toBe(false);
  });

  test("a value is left out wherever the path leads to it", () => {
    expect(meets("ne:http.status:404", metadataText)).toBe(false);
    expect(meets("ne:http.status:500", metadataText)).toBe(false);
    expect(meets("ne:http.status:200", metadataText)).toBe(true);
  });

  test("templates leave the rows that are of none of them", () => {
    const without = ["took <*> ms", "slept <*> ms"];
    expect(isHit({ without }, { message: "took 15 ms" })).toBe(false);
    expect(isHit({ without }, { message: "slept 15 ms" })).toBe(false);
    expect(isHit({ without }, { message: "took 15 ms off" })).toBe(true);
    expect(isHit({ without, template: "<*> 15 ms" }, { message: "took 15 ms" })).toBe(false);
    expect(isHit({ without, template: "took <*> ms off" }, { message: "took 15 ms off" })).toBe(true);
  });

  test("is something asked for", () => {
    expect(asksForNothing(parseQuery({ without: ["took <*> ms"] }))).toBe(false);
    expect(asksForNothing(parseQuery({ metadata: [{ path: "a", op: "ne", value: "b" }] }))).toBe(false);
  });
});

test("a template with a value in place of <*> finds the messages with that value there", () => {
  const template = "Connection from 10.0.0.1 closed after <*> ms";
  expect(isHit({ template }, { message: "Connection  from 10.0.0.1 closed after 15 ms" })).toBe(true);
  expect(isHit({ template }, { message: "Connection from 10.0.0.2 closed after 15 ms" })).toBe(false);
  const without = ["Connection from <*> closed after 15 ms"];
  expect(isHit({ without }, { message: "Connection from 10.0.0.1 closed after 15 ms" })).toBe(false);
  expect(isHit({ without }, { message: "Connection from 10.0.0.1 closed after 16 ms" })).toBe(true);
});

test("a row must meet every part of a query", () => {
  const fields = { level: "error", message: "disk full", metadataText: '{"node":"n1"}' } as const;
  const query = {
    levels: ["error"],
    text: "disk",
    metadata: [{ path: "node", op: "eq", value: "n1" }],
  } as const;
  expect(isHit({ ...query, levels: ["error"], metadata: [...query.metadata] }, fields)).toBe(true);
  expect(isHit({ levels: ["warn"], text: "disk" }, fields)).toBe(false);
  expect(isHit({ levels: ["error"], text: "disc" }, fields)).toBe(false);
});

describe("a URL", () => {
  test("carries a query there and back", () => {
    const query = parseQuery({
      levels: ["error", "fatal"],
      time: { from: "2026-11-20T08:00:00Z", to: null },
      text: "a&b=c",
      mode: "word",
      metadata: [
        { path: '["a:b"].c', op: "eq", value: "x:y" },
        { path: "d", op: "exists" },
        { path: "e", op: "ne", value: "f:g" },
      ],
      template: "took <*> ms",
      without: ["slept <*> ms", "a,b&c"],
    });
    expect(logQueryFrom(new URLSearchParams(logQueryParams(query).toString()))).toEqual(query);
    expect(logQueryParams(parseQuery({})).toString()).toBe("");
  });

  test.each([
    ["levels=loud", "levels"],
    ["since=yesterday", "time.from"],
    ["mode=glob", "mode"],
    ["meta=like:a:b", "metadata.0.op"],
    ["meta=eq:a..b:c", "metadata.0.path"],
    ["mode=regex&text=%5B", "text"],
    [Array.from({ length: 21 }, (_, n) => `without=${n}`).join("&"), "without"],
  ])("that says %s is refused by the part that is wrong", (params, part) => {
    expect(() => logQueryFrom(new URLSearchParams(params))).toThrow(part);
  });
});
