import { describe, expect, test } from "vitest";
import { newObjectId } from "@/lib/mongo/object-id";
import { seededRandom } from "@/lib/seeded-random";
import { fromLine, type ReadEntry, toLine } from "../entry-line";
import { requiredLiterals } from "./literals";
import { hitsAmong } from "./match";
import { candidateLines, prefilterFor } from "./prefilter";
import { type LogQueryInput, parseQuery } from "./query";

describe("texts that a pattern's matches must have", () => {
  test.each([
    ["timeout after [0-9]+ ms", ["timeout after ", " ms"]],
    ["a|b", []],
    ["x(a|b)y", ["x", "y"]],
    ["colou?r", ["colo", "r"]],
    ["ab*c", ["a", "c"]],
    ["ab+c", ["ab", "c"]],
    ["ab{0,2}c", ["a", "c"]],
    ["a{x}", []],
    ["1\\.5\\d+s", ["1.5", "s"]],
    ["\\x41bc", []],
    ["[^\\]|]end", ["end"]],
    ["(?:a(b[)]c)?|d)tail", ["tail"]],
    ["^start.*end$", ["start", "end"]],
    ["a??bc", ["bc"]],
    ["", []],
  ])("%s: %j", (source, literals) => {
    expect(requiredLiterals(source)).toEqual(literals);
  });
});

/** Pieces that make trouble: JSON escapes, letters that change with their case, fields of the line itself. */
const pieces = [
  ...[
    "timeout",
    "TIMEOUT",
    "Kelvin",
    "\u212aelvin",
    "\u0130stanbul",
    "istanbul",
    "ma\u00df",
    "\u03a3\u03c2",
    "\u6f22\u5b57",
  ],
  ...[
    '"',
    "\\",
    "\\n",
    "\n",
    "\u0000",
    "\u007f",
    "\ud83d\ude00",
    "\ud800",
    " ",
    ".",
    "raw",
    '"raw":"',
    "level",
    '"level":"error"',
  ],
];

describe("looking for a text before reading a line", () => {
  test("never leaves out a hit, whatever the rows and the query are made of", () => {
    const random = seededRandom("prefilter");
    const word = () =>
      Array.from({ length: random.whole(1, 3) }, () => random.pick(["x", ...pieces])).join("");
    const entries = Array.from({ length: 400 }, (_, n) =>
      lineOf(n, word(), random.chance(0.5) ? { [word()]: word() } : null),
    );
    const lines = Buffer.from(`${entries.join("\n")}\n`);
    const all = entries.map(fromLine);
    let hits = 0;
    for (let n = 0; n < 600; n++) {
      const query = parseQuery(queryFor(random.whole(0, 5), word()));
      const select = hitsAmong(query);
      const found = select(candidateLines(lines, prefilterFor(query)).map(fromLine)).map(numberOf);
      expect(found, JSON.stringify(query)).toEqual(select(all).map(numberOf));
      hits += found.length;
    }
    expect(hits).toBeGreaterThan(1000);
  });

  test("finds every line once, also lines longer than what is looked at in one go", () => {
    const long = lineOf(1, `${"a".repeat(300_000)} needle ${"b".repeat(200_000)}`, null);
    const short = Array.from({ length: 3000 }, (_, n) => lineOf(n + 2, `needle needle ${n}`, null));
    const lines = Buffer.from(`${[long, ...short, long].join("\n")}\n`);
    expect(candidateLines(lines, prefilterFor(parseQuery({ text: "NEEDLE" })))).toEqual([
      long,
      ...short,
      long,
    ]);
    expect(candidateLines(lines, null)).toEqual([long, ...short, long]);
    expect(candidateLines(lines, prefilterFor(parseQuery({ text: "absent" })))).toEqual([]);
  });
});

function queryFor(kind: number, text: string): LogQueryInput {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const kinds: LogQueryInput[] = [
    { text },
    { text, mode: "word" },
    { text: escaped, mode: "regex" },
    { metadata: [{ path: JSON.stringify([text]), op: "exists" }] },
    { text: "", metadata: [{ path: "x", op: "contains", value: text }] },
    { metadata: [{ path: "x", op: "ne", value: text }], without: [`${text} <*>`] },
  ];
  return kinds[kind] ?? {};
}

/** A line of the archive; what a document cannot hold goes to `raw`, as ingest does it. */
function lineOf(n: number, message: string, metadata: Record<string, string> | null): string {
  const raw = JSON.stringify({ message, metadata: metadata ?? {} });
  const held = message.isWellFormed() && raw.isWellFormed() && !raw.includes("\\ud");
  const at = new Date(1_790_000_000_000 + n);
  return toLine({
    _id: newObjectId(),
    workspaceId: "w",
    episodeId: "e",
    sequenceNumber: BigInt(n),
    timestamp: at,
    level: "info",
    message: message.toWellFormed(),
    ...(metadata && held && { metadata }),
    createdAt: at,
    ...(!held && { raw }),
  });
}

const numberOf = ({ seq }: ReadEntry) => Number(seq);
