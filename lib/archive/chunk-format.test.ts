import { execFileSync, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createGunzip, gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noTally } from "@/lib/logs/batch-figures";
import { fromDocument, fromLine, toLine } from "@/lib/logs/entry-line";
import { logLevels } from "@/lib/logs/level";
import { searchableText } from "@/lib/logs/searchable-text";
import { matchesTemplate } from "@/lib/logs/templates/match";
import { tokensOf } from "@/lib/logs/tokens";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { chunkKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { storedEntries } from "@/lib/testing/entries";
import { testObjects } from "@/lib/testing/objects";
import { pageFor, pageMayHold } from "./bloom";
import { ChunkEncoder, type EncodedChunk } from "./members";
import { readFooter } from "./read-footer";
import { verifyObject } from "./verify-object";

const objects = testObjects();

async function encode(entries: LogEntry[]): Promise<EncodedChunk> {
  const encoder = new ChunkEncoder(entries[0]?.sequenceNumber ?? 0n);
  for (const entry of entries) await encoder.add(entry);
  const chunk = await encoder.finish([]);
  if (!chunk) throw new Error("Nothing was encoded");
  return chunk;
}

const linesOf = (entries: LogEntry[]) => `${entries.map((entry) => toLine(entry)).join("\n")}\n`;

describe("a chunk is an ordinary .jsonl.gz", () => {
  const entries = storedEntries(0, 4_321);
  let folder = "";
  let path = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "strata-chunk-"));
    path = join(folder, "chunk.jsonl.gz");
    await writeFile(path, (await encode(entries)).file);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const maxBuffer = 64 * 1024 * 1024;
  const tools = ["zcat", "gzip", "python3"].filter((tool) => spawnSync(tool, ["--version"]).status === 0);
  test.each(tools)("to %s", (tool) => {
    const python = "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())";
    const args = { zcat: [path], gzip: ["-dc", path], python3: ["-c", python, path] }[tool] ?? [];
    expect(execFileSync(tool, args, { maxBuffer }).equals(Buffer.from(linesOf(entries)))).toBe(true);
  });

  test("to gzip -t, which has nothing to say", () => {
    expect(execFileSync("gzip", ["-t", path], { stdio: "pipe" }).toString()).toBe("");
  });

  test("to a stream that gets it in small pieces", async () => {
    const { file } = await encode(entries);
    const unzip = createGunzip();
    const received: Buffer[] = [];
    unzip.on("data", (part: Buffer) => received.push(part));
    const ended = new Promise((resolve, reject) => unzip.on("end", resolve).on("error", reject));
    for (let at = 0; at < file.length; at += 777) unzip.write(file.subarray(at, at + 777));
    unzip.end();
    await ended;
    expect(Buffer.concat(received).toString("utf8")).toBe(linesOf(entries));
  });
});

test("DuckDB queries chunks where they lie, by workspace and episode", async () => {
  const places = [
    { workspace: "w1", episode: "train-1", entries: storedEntries(0, 9_999) },
    { workspace: "w1", episode: "train-2", entries: storedEntries(0, 699) },
    { workspace: "w2", episode: "train-1", entries: storedEntries(0, 199) },
  ];
  for (const { workspace, episode, entries } of places) {
    const { file, sha256 } = await encode(entries);
    const key = join(objects.directory, chunkKey(workspace, episode, { chunkNumber: 0, epoch: 1, sha256 }));
    await mkdir(dirname(key), { recursive: true });
    await writeFile(key, file);
  }
  const duckdb = await (await DuckDBInstance.create(":memory:")).connect();
  const answer = await duckdb.runAndReadAll(
    `SELECT workspace, episode, level, count(*)::INTEGER AS rows
     FROM read_json('${objects.directory}/workspace=*/episode=*/*.jsonl.gz', format = 'newline_delimited',
       hive_partitioning = true, columns = {sequenceNumber: 'BIGINT', timestamp: 'TIMESTAMP', level: 'VARCHAR',
       message: 'VARCHAR', metadata: 'JSON', createdAt: 'TIMESTAMP'})
     GROUP BY ALL ORDER BY ALL`,
  );
  const expected = places.flatMap(({ workspace, episode, entries }) =>
    [...logLevels]
      .sort()
      .map((level) => [workspace, episode, level, entries.filter((entry) => entry.level === level).length])
      .filter(([, , , rows]) => rows !== 0),
  );
  expect(answer.getRows()).toEqual(expected);
  duckdb.disconnectSync();
});

describe("a chunk explains itself", () => {
  const entries = storedEntries(100, 3_199);
  const key = "workspace=w/episode=e/chunk.jsonl.gz";
  let chunk: EncodedChunk;
  beforeAll(async () => {
    chunk = await encode(entries);
    await objectStore().put(key, chunk.file);
  });
  const footer = async () => {
    const found = await readFooter(objectStore(), key);
    if (!found?.bloom || !found.histogram || !found.templates) throw new Error("The footer lacks a part");
    return { ...found, bloom: found.bloom, histogram: found.histogram, templates: found.templates };
  };

  test("without any database: what was encoded is what is read", async () => {
    expect(await readFooter(objectStore(), key)).toEqual(chunk.index);
    const { members } = await footer();
    expect(members.map(({ startSequence, endSequence }) => [startSequence, endSequence])).toEqual([
      [100n, 1099n],
      [1100n, 2099n],
      [2100n, 3099n],
      [3100n, 3199n],
    ]);
  });

  test("its filter denies no word of any row", async () => {
    const { bloom } = await footer();
    const denied: string[] = [];
    for (const token of new Set(entries.flatMap((entry) => wordsOf(entry)))) {
      const page = await objectStore().get(key, pageFor(bloom, token));
      if (!page || !pageMayHold(bloom, page, token)) denied.push(token);
    }
    expect(denied).toEqual([]);
  });

  test("its histogram counts every row of each level, in the stretch it belongs to", async () => {
    const { widthMs, buckets } = (await footer()).histogram;
    for (const { start, levelCounts } of buckets) {
      const counted = noTally();
      for (const { timestamp, level } of entries) {
        const since = timestamp.getTime() - start.getTime();
        if (since >= 0 && since < widthMs) counted[level] += 1n;
      }
      expect(levelCounts).toEqual(counted);
    }
    const sum = buckets.flatMap(({ levelCounts }) => Object.values(levelCounts)).reduce((a, b) => a + b, 0n);
    expect(sum).toBe(BigInt(entries.length));
    expect(buckets.length).toBeLessThanOrEqual(240);
  });

  test("its templates and the rest count every row, and match the rows they count", async () => {
    const { templates, otherTemplates = 0 } = await footer();
    expect(templates.reduce((sum, { count }) => sum + count, otherTemplates)).toBe(entries.length);
    for (const { template, count, firstSequence } of templates) {
      const matching = entries.filter((entry) => matchesTemplate(template, fromDocument(entry).message));
      expect(matching.length).toBeGreaterThanOrEqual(count);
      expect(matching[0]?.sequenceNumber).toBeLessThanOrEqual(firstSequence);
    }
  });

  test("an object without a footer has none, one with a damaged footer says so", async () => {
    const lastRow = chunk.index.members.at(-1);
    const rowsEnd = (lastRow?.offset ?? 0) + (lastRow?.length ?? 0);
    await objectStore().put("k=1/rows", chunk.file.subarray(0, rowsEnd));
    expect(await readFooter(objectStore(), "k=1/rows")).toBeNull();
    expect(await readFooter(objectStore(), "k=1/absent")).toBeNull();
    const damaged = Buffer.from(chunk.file);
    const inIndex = damaged.length - 200;
    damaged[inIndex] = (damaged[inIndex] ?? 0) ^ 1;
    await objectStore().put("k=1/damaged", damaged);
    await expect(readFooter(objectStore(), "k=1/damaged")).rejects.toThrow("its footer is damaged");
  });

  test("the check finds a footer that says something else, byte for byte", async () => {
    const { index, file, sha256 } = chunk;
    const { members, tombstones } = index;
    const expected = { sha256, sizeBytes: file.length, members, tombstones };
    await verifyObject(objectStore(), key, { ...expected, footer: index });
    const others = [
      { ...index, otherTemplates: 1 },
      { ...index, tombstones: [{ from: 5n, to: 6n }] },
      { ...index, bloom: index.bloom && { ...index.bloom, tokens: 1 } },
    ];
    for (const footer of others) {
      await expect(verifyObject(objectStore(), key, { ...expected, footer })).rejects.toThrow(
        "its footer says something else",
      );
    }
  });
});

test("the same rows give the same bytes", async () => {
  const [one, other] = await Promise.all([encode(storedEntries(0, 2_500)), encode(storedEntries(0, 2_500))]);
  expect(other.sha256).toBe(one.sha256);
  expect(other.file.equals(one.file)).toBe(true);
});

test("rows of a megabyte, with line ends and separators inside, come back as they were", async () => {
  const large = storedEntries(0, 11).map((entry, n) => ({
    ...entry,
    message: `${"wide \u2028\n\t\u0000\u{1f600} row ".repeat(60_000)}${n}`,
  }));
  const { file, index } = await encode(large);
  const lines = gunzipSync(file).toString("utf8").trimEnd().split("\n");
  expect(lines.map((line) => fromLine(line).message)).toEqual(
    large.map((entry) => fromDocument(entry).message),
  );
  expect(index.members.length).toBeGreaterThan(2);
  await objectStore().put("k=1/large", file);
  expect(await readFooter(objectStore(), "k=1/large")).toEqual(index);
});

test("a chunk without a single word has an empty filter and is sound", async () => {
  const entries = storedEntries(1, 1).map((entry) => ({ ...entry, message: "", metadata: undefined }));
  const { file, index, sha256 } = await encode(entries);
  await objectStore().put("k=1/empty", file);
  const { members, tombstones } = index;
  await verifyObject(objectStore(), "k=1/empty", {
    sha256,
    sizeBytes: file.length,
    members,
    tombstones,
    footer: index,
  });
  expect(index.bloom?.tokens).toBe(0);
});

function wordsOf(entry: LogEntry): string[] {
  const { message, metadataText } = fromDocument(entry);
  return [...tokensOf(searchableText(message, metadataText))];
}
