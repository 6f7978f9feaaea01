import { expect, test } from "vitest";
import { newObjectId } from "@/lib/mongo/object-id";
import { seededRandom } from "@/lib/seeded-random";
import { fromAnyLine, toLine } from "../entry-line";
import { parseLine } from "../parse-line";
import { csvRows } from "./csv";
import { csvColumn } from "./csv-columns";
import { cutLine } from "./line-cut";
import { csvColumns } from "./request";

const at = new Date("2026-11-20T08:00:00.000Z");

/** The line under which an incoming line is archived. */
function archived(incoming: string): string {
  const parsed = parseLine(incoming);
  if (!parsed.ok) throw new Error(parsed.reason);
  const { timestamp, level, message, metadata, raw, flags } = parsed.entry;
  return toLine({
    _id: newObjectId(),
    workspaceId: "w",
    episodeId: "e",
    timestamp: timestamp ?? at,
    level,
    message,
    ...(metadata && { metadata }),
    sequenceNumber: 9_007_199_254_740_993n,
    createdAt: at,
    ...(raw !== undefined && { raw }),
    ...(flags.length > 0 && { flags }),
  });
}

/** With a time and a level, so that nothing about the entry is flagged. */
const ordinary = (fields: object) =>
  JSON.stringify({ timestamp: at.toISOString(), level: "info", ...fields });

const names = [...csvColumns, "metadata.nested", "metadata.source"];
const columns = names.map((name) => csvColumn(name, null));
const writer = csvRows({ columns: names, timezone: "UTC", resumed: true });

/** The bytes that are cut out of a line make the same row as the entry that the proper reader makes of it. */
function expectSameAsReader(line: string): void {
  const entry = fromAnyLine(line);
  // Half a surrogate pair has no bytes in UTF-8.
  const row = columns
    .map((column) => column.cell(entry))
    .join(",")
    .toWellFormed();
  expect(writer.lines(Buffer.from(`${line}\n`)).toString("utf8")).toBe(`${row}\r\n`);
}

const isCut = (line: string) => cutLine(Buffer.from(line), 0, Buffer.byteLength(line)) !== null;

test.each([
  ["an ordinary row", { level: "info", message: "line 1", source: "a" }],
  ["no metadata", { level: "info", message: "line 1" }],
  ["quotes and backslashes", { message: 'a "b" \\ \\" c\\', path: "C:\\temp\\" }],
  ["a message that ends in backslashes", { message: "\\\\" }],
  ["an empty message", { message: "" }],
  [
    "metadata that looks like the end of a line",
    { message: "m", x: { createdAt: "2026-11-20T08:00:00.000Z" } },
  ],
  ["a message that looks like the end of a line", { message: ',"createdAt":"2026-11-20T08:00:00.000Z"}' }],
  ["a level nobody knows, so flags", { level: "loud", message: "m" }],
  ["a year of five digits", { timestamp: "+010000-01-01T00:00:00.000Z", message: "m" }],
  ["line separators and NUL", { message: "a\u2028b\u0000c\nd" }],
])("cuts out what the proper reader reads: %s", (_, incoming) => {
  expectSameAsReader(archived(ordinary(incoming)));
});

test("rows that are kept word for word go to the proper reader", () => {
  const line = archived('{"message":"lone \\ud800 half","n":123456789012345678901234567890,"n":2}');
  expect(line).toContain('"raw":');
  expect(isCut(line)).toBe(false);
  expectSameAsReader(line);
});

test("ordinary lines are cut and not read", () => {
  expect(isCut(archived(ordinary({ message: 'größe "1"', source: "a" })))).toBe(true);
  expect(isCut(archived(ordinary({ message: "" })))).toBe(true);
});

test("any text comes out as the proper reader reads it", () => {
  const random = seededRandom("line parts");
  const alphabet = [
    '"',
    "\\",
    "{",
    "}",
    ",",
    ":",
    "a",
    "createdAt",
    "metadata",
    "\n",
    "é",
    "😀",
    "Z",
    " ",
  ] as const;
  const text = () => Array.from({ length: random.whole(0, 12) }, () => random.pick(alphabet)).join("");
  for (let round = 0; round < 3000; round++) {
    const incoming = {
      message: text(),
      [text()]: text(),
      nested: { [text()]: [text(), random.whole(0, 9)] },
    };
    expectSameAsReader(archived(ordinary(incoming)));
  }
});
