import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { DirectoryStore } from "@/lib/objects/directory";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { exportText, sha256 } from "@/lib/testing/export";
import { newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { textCell } from "./csv-cell";
import { zoneTime } from "./zone-time";

testDatabase();
testMongo();
testObjects();

const incoming = [
  { message: "plain", source: "a" },
  { message: 'with "quotes", commas; and\r\nlines', text: 'a "b"' },
  { message: "=cmd|' /C calc'!A0" },
  { message: "-5 degrees", user: { id: "@sum" } },
  { message: "# strata trailer; complete=true" },
  { message: " spaces at both ends " },
  { message: "größe 😀", steps: [{ name: "load" }] },
  { message: "" },
].map((fields, index) => ({ timestamp: `2026-03-29T00:59:5${index}.000Z`, level: "info", ...fields }));

let scope: WorkspaceScope;
let folder = "";
const episodeId = newEpisodeId("tabular");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "strata-csv-"));
  scope = await memberScope("viewer");
  await uploadLines(
    scope,
    episodeId,
    incoming.map((line) => JSON.stringify(line)),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The rows as a program of somebody else's reads them: DuckDB, told of nothing but comment lines. */
async function readBack(csv: string) {
  const file = join(folder, `${sha256(csv).slice(0, 12)}.csv`);
  await writeFile(file, csv);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(
    `select * from read_csv('${file}', all_varchar = true, comment = '#', header = true, delim = ',', quote = '"', escape = '"')`,
  );
  return reader.getRowObjectsJson();
}

test("DuckDB reads every row as it was sent, and passes over the trailer", async () => {
  const rows = await readBack(await exportText(scope, episodeId, "format=csv"));
  const guarded = (text: string) => (/^[=+\-@]/.test(text) ? `'${text}` : text);
  expect(rows.map((row) => row.message ?? "")).toEqual(incoming.map(({ message }) => guarded(message)));
  expect(rows.map((row) => row.sequenceNumber)).toEqual(incoming.map((_, index) => String(index)));
  expect(rows[1]?.metadata).toBe('{"text":"a \\"b\\""}');
});

test("a CSV is the same hot and archived", async () => {
  const hot = await exportText(scope, episodeId, "format=csv");
  await archiveEpisode(scope, episodeId, everything);
  expect(await exportText(scope, episodeId, "format=csv")).toBe(hot);
});

test("columns come in the order that was asked for, values of the metadata among them", async () => {
  const query = "format=csv&columns=level,metadata.user.id,message,metadata.steps[0].name,source";
  const text = await exportText(scope, episodeId, query);
  expect(text.split("\r\n")[0]).toBe("level,metadata.user.id,message,metadata.steps[0].name,source");
  const rows = await readBack(text);
  expect(rows[0]).toMatchObject({ level: "info", message: "plain", source: "a" });
  expect(rows[3]).toMatchObject({ "metadata.user.id": "'@sum" });
  expect(rows[6]).toMatchObject({ "metadata.steps[0].name": "load" });
});

test("every record has as many cells as the head, the trailer too, and the trailer proves what is before it", async () => {
  const text = await exportText(scope, episodeId, "format=csv&columns=sequenceNumber,level,timestamp");
  const records = text.split("\r\n").slice(0, -1);
  expect(new Set(records.map((record) => record.split(",").length))).toEqual(new Set([3]));
  const trailer = records.at(-1) ?? "";
  expect(trailer).toMatch(/^# strata trailer; complete=true; .*rows=8; first=0; last=7;/);
  const before = text.slice(0, text.lastIndexOf("\r\n", text.length - 3) + 2);
  expect(trailer).toContain(`sha256=${sha256(before)}`);
});

test("a part behind another one has no second head, so that files can be put together", async () => {
  const whole = await exportText(scope, episodeId, "format=csv");
  const first = await exportText(scope, episodeId, "format=csv&to=3");
  const rest = await exportText(scope, episodeId, "format=csv&after=3");
  const body = (text: string) => text.slice(0, text.indexOf("# strata trailer;"));
  expect(body(first) + body(rest)).toBe(body(whole));
});

test("rows that cannot be read are a comment in their place", async () => {
  const store = newEpisodeId("torn");
  const objects = await mkdtemp(join(folder, "objects-"));
  const before = objectStore();
  switchObjectStore(new DirectoryStore(objects));
  try {
    await uploadLines(
      scope,
      store,
      incoming.map((line) => JSON.stringify(line)),
    );
    await archiveEpisode(scope, store, everything);
    for await (const { key } of objectStore().list("")) await truncate(join(objects, key), 20);
    const records = (await exportText(scope, store, "format=csv&columns=level,message")).split("\r\n");
    expect(records[1]).toBe("# strata gap; from=0; to=7; reason=damaged,");
    expect(records[2]).toMatch(/^# strata trailer;.*rows=0;.*gaps=0-7:damaged;/);
  } finally {
    switchObjectStore(before);
  }
});

test.each([
  ["=1+1", "'=1+1"],
  ["+49 30", "'+49 30"],
  ["-1", "'-1"],
  ["@here", "'@here"],
  ["\tindented", "'\tindented"],
  ["\rreturned", '"\'\rreturned"'],
  ["# no comment", '"# no comment"'],
  ["a#b", '"a#b"'],
  ["plain - text = fine", "plain - text = fine"],
])("a spreadsheet runs nothing and a reader of comments drops nothing: %j", (text, cell) => {
  expect(textCell(text)).toBe(cell);
});

test.each([
  ["Europe/Berlin", "2026-03-29T00:59:59.999Z", "2026-03-29T01:59:59.999+01:00"],
  ["Europe/Berlin", "2026-03-29T01:00:00.000Z", "2026-03-29T03:00:00.000+02:00"],
  ["America/St_Johns", "2026-01-01T12:00:00.000Z", "2026-01-01T08:30:00.000-03:30"],
  ["Asia/Kathmandu", "2026-01-01T20:00:00.000Z", "2026-01-02T01:45:00.000+05:45"],
  ["UTC", "2026-01-01T20:00:00.000Z", "2026-01-01T20:00:00.000Z"],
  ["Africa/Abidjan", "2026-01-01T20:00:00.000Z", "2026-01-01T20:00:00.000+00:00"],
])("local time in %s carries its offset: %s", (zone, utc, local) => {
  expect(zoneTime(zone)(utc)).toBe(local);
});

test("local time is the same moment, whatever the zone and the year", () => {
  for (const zone of ["Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"]) {
    const local = zoneTime(zone);
    for (let year = 1970; year < 2100; year++) {
      for (const month of ["01", "03", "07", "10"]) {
        const utc = `${year}-${month}-29T01:30:00.000Z`;
        expect(new Date(local(utc)).toISOString()).toBe(utc);
      }
    }
  }
});
