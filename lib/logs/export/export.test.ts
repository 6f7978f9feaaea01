import { execFileSync } from "node:child_process";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { everything, filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { exportText, openDoor, sha256, withoutTrailer } from "@/lib/testing/export";
import { logLines, newEpisodeId, parsedLines, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { ingestBatch } from "../ingest";
import { readLogPage } from "../queries";
import { sealAbandoned } from "../seal";
import { openExport } from "./export";
import { exportRequestFrom } from "./request";

testDatabase();
testMongo();
const objects = testObjects();

const settings = { chunkSize: 1300, archiveThreshold: 1000, keepHot: 1750 };
const rowCount = 3500;
let scope: WorkspaceScope;
let archived = "";
let mixed = "";

beforeAll(async () => {
  scope = await memberScope("viewer");
  archived = newEpisodeId("archived");
  mixed = newEpisodeId("mixed");
  for (const episodeId of [archived, mixed]) {
    await uploadLines(scope, episodeId, logLines(rowCount), { uploadId: "same", settings });
  }
  await archiveEpisode(scope, archived, everything);
  await archiveEpisode(scope, mixed, { trigger: "on_demand" });
});

afterEach(() => switchObjectStore(new DirectoryStore(objects.directory)));

function chunksOf(episodeId: string): Promise<LogChunk[]> {
  return scoped(scope).collection(logChunks).find({ episodeId }).sort({ chunkNumber: 1 }).toArray();
}

const numbersIn = (body: string) =>
  body
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .flatMap((line) => (line._strata ? [] : [line.sequenceNumber]));

describe("JSON lines", () => {
  test("of an archived episode are what zcat makes of its chunks", async () => {
    const chunks = await chunksOf(archived);
    expect(chunks).toHaveLength(3);
    const unpacked = execFileSync(
      "zcat",
      chunks.map(({ src }) => join(objects.directory, src)),
    );
    const { body, trailer } = withoutTrailer(await exportText(scope, archived));
    expect(body).toBe(unpacked.toString("utf8"));
    expect(trailer).toMatchObject({
      _strata: "trailer",
      complete: true,
      episode: archived,
      from: "0",
      through: "3499",
      next: null,
      rows: "3500",
      first: "0",
      last: "3499",
      gapCount: 0,
      gaps: [],
      bytes: String(unpacked.length),
      sha256: sha256(unpacked),
    });
  });

  test("are the same bytes before, between and after archiving", async () => {
    const episodeId = newEpisodeId("moving");
    await uploadLines(scope, episodeId, logLines(rowCount), { settings });
    const hot = await exportText(scope, episodeId);
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    expect(await exportText(scope, episodeId)).toBe(hot);
    await archiveEpisode(scope, episodeId, everything);
    expect(await exportText(scope, episodeId)).toBe(hot);
    expect(numbersIn(hot)).toEqual(range(rowCount));
  });

  test("hold every row once while the archiver takes the rows away underneath", async () => {
    const rows = 1_500;
    const episodeId = newEpisodeId("underneath");
    await uploadLines(scope, episodeId, logLines(rows), { settings: { ...settings, chunkSize: 150 } });
    const hot = await exportText(scope, episodeId);
    const archiving = archiveEpisode(scope, episodeId, everything);
    const during: string[] = [];
    let done = false;
    void archiving.finally(() => {
      done = true;
    });
    while (!done) during.push(await exportText(scope, episodeId));
    expect(await archiving).toMatchObject({ outcome: "done", rows });
    expect(during.length).toBeGreaterThan(1);
    expect(new Set(during)).toEqual(new Set([hot]));
  });

  test("of an empty episode are a trailer", async () => {
    const episodeId = newEpisodeId("young");
    await uploadLines(scope, episodeId, logLines(1));
    const { body, trailer } = withoutTrailer(await exportText(scope, episodeId, "after=0"));
    expect(body).toBe("");
    expect(trailer).toMatchObject({ complete: true, rows: "0", first: null, last: null, next: null });
  });
});

describe("a long export in parts", () => {
  test("abuts: the parts behind each other are the whole", async () => {
    const whole = withoutTrailer(await exportText(scope, mixed));
    let joined = "";
    let from: unknown = "0";
    const reached: unknown[] = [];
    while (typeof from === "string") {
      const to = Number(from) + 999;
      const part = withoutTrailer(await exportText(scope, mixed, `from=${from}&to=${to}`));
      expect(part.trailer).toMatchObject({ complete: true, from, sha256: sha256(part.body) });
      joined += part.body;
      reached.push(part.trailer.through);
      from = part.trailer.next;
    }
    expect(reached).toEqual(["999", "1999", "2999", "3499"]);
    expect(sha256(joined)).toBe(whole.trailer.sha256);
  });

  test("goes on after the last whole line of a download that broke off, and both halves can be proven", async () => {
    const text = await exportText(scope, mixed);
    for (const bytes of [1, 70_001, 333_333]) {
      const broken = text.slice(0, bytes);
      const kept = broken.slice(0, broken.lastIndexOf("\n") + 1);
      const last = numbersIn(kept).at(-1);
      const rest = withoutTrailer(await exportText(scope, mixed, last === undefined ? "" : `after=${last}`));
      expect(kept + rest.body).toBe(withoutTrailer(text).body);
      expect(rest.trailer.sha256).toBe(sha256(rest.body));
      if (last === undefined) continue;
      const proof = JSON.parse(await exportText(scope, mixed, `to=${last}&only=trailer`));
      expect(proof).toMatchObject({ complete: true, rows: String(last + 1), sha256: sha256(kept) });
    }
  });
});

describe("what cannot be read", () => {
  test("is a gap in its place, and the rest is delivered", async () => {
    const { scope: owner, episodeId } = await filledEpisode(250);
    await archiveEpisode(owner, episodeId, everything);
    const [, second] = await scoped(owner)
      .collection(logChunks)
      .find({ episodeId })
      .sort({ chunkNumber: 1 })
      .toArray();
    await truncate(join(objects.directory, second?.src ?? ""), 20);
    const { body, trailer } = withoutTrailer(await exportText(owner, episodeId));
    const lines = body
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(lines[100]).toMatchObject({ _strata: "gap", from: "100", to: "199", reason: "damaged" });
    expect(numbersIn(body)).toEqual([...range(100), ...range(50, 200)]);
    expect(trailer).toMatchObject({
      complete: true,
      rows: "150",
      gapCount: 1,
      numbersInGaps: "100",
      gaps: [{ from: "100", to: "199", reason: "damaged" }],
    });
    // A filter cannot know what the damaged rows held.
    const filtered = withoutTrailer(await exportText(owner, episodeId, "levels=fatal&text=line 7"));
    expect(filtered.trailer).toMatchObject({ gapCount: 1, rows: "3" });
  });

  test("numbers that were never written are named, hot and archived", async () => {
    const { scope: owner, episodeId } = await filledEpisode(50);
    const entries = parsedLines(logLines(30, 50));
    const dying = ingestBatch(owner, { episodeId, batchId: "dies", entries, final: true }, () => {
      throw new Error("died");
    });
    await expect(dying).rejects.toThrow("died");
    await uploadLines(owner, episodeId, logLines(20, 80));
    const flying = withoutTrailer(await exportText(owner, episodeId));
    expect(flying.trailer.gaps).toEqual([{ from: "50", to: "79", reason: "in_flight" }]);
    await sealAbandoned(owner, episodeId, 0);
    const never = [{ from: "50", to: "79", reason: "never_written" }];
    expect(withoutTrailer(await exportText(owner, episodeId)).trailer).toMatchObject({
      rows: "70",
      gaps: never,
    });
    await archiveEpisode(owner, episodeId, everything);
    const { body, trailer } = withoutTrailer(await exportText(owner, episodeId));
    expect(trailer).toMatchObject({ rows: "70", gaps: never, numbersInGaps: "30" });
    expect(numbersIn(body)).toEqual([...range(50), ...range(20, 80)]);
    expect(body.split("\n").findIndex((line) => line.includes('"_strata":"gap"'))).toBe(50);
  });
});

describe("a filter", () => {
  test.each([
    "levels=error,fatal",
    "text=line 12",
    "levels=warn&text=PART-1",
    "since=2026-11-20T08:00:10.000Z&until=2026-11-20T08:00:12.000Z",
    "meta=eq:number:77",
    "mode=regex&text=line 3..9$",
  ])("keeps the lines it keeps in any tier: %s", async (query) => {
    const [cold, both] = [
      withoutTrailer(await exportText(scope, archived, query)),
      withoutTrailer(await exportText(scope, mixed, query)),
    ];
    const { body: all } = withoutTrailer(await exportText(scope, archived));
    expect(numbersIn(both.body)).toEqual(numbersIn(cold.body));
    expect(numbersIn(cold.body).length).toBeGreaterThan(0);
    expect(numbersIn(cold.body).length).toBeLessThan(rowCount);
    expect(all.split("\n")).toEqual(expect.arrayContaining(cold.body.split("\n")));
    expect(cold.trailer).toMatchObject({ rows: String(numbersIn(cold.body).length), through: "3499" });
  });

  test("keeps what the page reader keeps", async () => {
    const filter = { levels: ["error" as const], text: "line 3" };
    const page = await readLogPage(scope, mixed, { from: "0", direction: "forward", limit: 1000, filter });
    const { body } = withoutTrailer(await exportText(scope, mixed, "levels=error&text=line 3"));
    expect(numbersIn(body).map(String)).toEqual(page?.rows.flatMap((row) => ("seq" in row ? [row.seq] : [])));
  });
});

describe("who may have it", () => {
  test("another workspace's episode is none", async () => {
    const stranger = await memberScope("owner");
    const request = exportRequestFrom(new URLSearchParams());
    expect(await openExport(stranger, archived, request, { answer: openDoor })).toBeNull();
  });

  test("an access that ends takes the export with it: an error, no row more, and no claim to be complete", async () => {
    let asked = 0;
    const answer = {
      stillAllowed: async () => ++asked < 3,
      failureOf: (error: unknown) => ({
        ok: false as const,
        code: "forbidden" as const,
        message: String(error),
      }),
    };
    const text = await exportText(scope, mixed, "", { answer, trustMs: -1 });
    const { body, trailer } = withoutTrailer(text);
    expect(trailer).toMatchObject({ _strata: "error", complete: false, error: { code: "forbidden" } });
    const numbers = numbersIn(body);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.length).toBeLessThan(rowCount);
    expect(trailer).toMatchObject({ rows: String(numbers.length), next: String(numbers.length) });
  });

  test("a reader who leaves ends the reading", async () => {
    const store = objectStore();
    let reads = 0;
    const counting = new Proxy(store, {
      get(target, name) {
        if (name === "get") reads++;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    switchObjectStore(counting);
    const request = exportRequestFrom(new URLSearchParams());
    const opened = await openExport(scope, archived, request, { answer: openDoor });
    await opened?.bytes.next();
    await opened?.bytes.return(undefined);
    const afterLeaving = reads;
    expect(afterLeaving).toBeGreaterThan(0);
    expect((await opened?.bytes.next())?.done).toBe(true);
    expect(reads).toBe(afterLeaving);
  });
});
