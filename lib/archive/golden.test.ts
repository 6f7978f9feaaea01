import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromDocument, fromLine } from "@/lib/logs/entry-line";
import { objectStore } from "@/lib/objects/store";
import { storedEntries } from "@/lib/testing/entries";
import { testObjects } from "@/lib/testing/objects";
import { indexFromJson } from "./footer-json";
import { readFooter } from "./read-footer";
import { verifyObject } from "./verify-object";

testObjects();

const described = z.object({ sha256: z.string(), sizeBytes: z.int(), index: z.unknown() });

/** A chunk as an earlier version wrote it, with what its records said then. */
function golden(name: string) {
  const path = (suffix: string) => join(import.meta.dirname, "golden", `${name}.${suffix}`);
  const { sha256, sizeBytes, index } = described.parse(JSON.parse(readFileSync(path("json"), "utf8")));
  return { path: path("jsonl.gz"), sha256, sizeBytes, index: indexFromJson(JSON.stringify(index)) };
}

const rows = [...storedEntries(40, 539), ...storedEntries(550, 2339)].map(fromDocument);

/** Whatever is in a store already stays readable (F30). These files are never written again. */
describe.each(["chunk-v1", "chunk-v2"])("%s", (name) => {
  const { path, sha256, sizeBytes, index } = golden(name);
  const key = `workspace=w/episode=e/${name}.jsonl.gz`;

  test("holds its rows, to any tool", async () => {
    const lines = gunzipSync(await readFile(path))
      .toString("utf8")
      .trimEnd()
      .split("\n");
    expect(lines.map(fromLine)).toEqual(rows);
  });

  test("holds the rows of each member where the index says", async () => {
    const file = await readFile(path);
    const read = index.members.flatMap(({ offset, length }) =>
      gunzipSync(file.subarray(offset, offset + length))
        .toString("utf8")
        .trimEnd()
        .split("\n"),
    );
    expect(read.map(fromLine)).toEqual(rows);
  });

  test("passes the check of the archive, and its footer says what the record says", async () => {
    await objectStore().put(key, await readFile(path));
    const footer = name === "chunk-v1" ? null : index;
    const { members, tombstones } = index;
    await verifyObject(objectStore(), key, { sha256, sizeBytes, members, tombstones, footer });
    expect(await readFooter(objectStore(), key)).toEqual(footer);
  });
});
