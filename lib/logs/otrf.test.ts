import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { POST } from "@/app/api/v1/logs/route";
import { archiveEpisode } from "@/lib/archive/archiver";
import { importLogFile } from "@/lib/import/logs";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith, storedEntries } from "@/lib/testing/doors";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { fromDocument } from "./entry-line";
import { getEpisode, getLogEntry, readLogPage } from "./queries";
import { readColdRange } from "./read/cold-rows";
import { readHotEntries } from "./read/hot-rows";
import { checkEpisode } from "./verify";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));

const folder = join(import.meta.dirname, "../../../shared/data/logs/otrf");
const present = existsSync(folder);
const why = present ? "" : " (skipped: the folder ../shared/data is not there)";

const files = [
  {
    name: "cmd_dumping_ntds_dit_file_volume_shadow_copy",
    rows: 16_744,
    levels: { info: 16_674, warn: 8, error: 62 },
  },
  { name: "msf_record_mic_2020-06-09225055", rows: 6_202, levels: { info: 6_175, warn: 0, error: 27 } },
];

interface Expected {
  message: string;
  metadataText: string;
  at: string;
}

/**
 * What a line must come back as, told without the code under test: JSON.parse, with the one kind of number it cannot read
 * put in quotes before and taken out of them after.
 */
function expectedOf(line: string): Expected {
  const quoted = line.replace(/"Keywords":(-?\d{16,19})/, '"Keywords":"<$1>"');
  const { Message, "@timestamp": at, ...rest } = JSON.parse(quoted);
  return { message: Message, metadataText: JSON.stringify(rest).replace(/"<(-?\d{16,19})>"/, "$1"), at };
}

describe.skipIf(!present)(`the real event logs${why}`, () => {
  testDatabase();
  testMongo();
  testObjects();

  test.each(files)(
    "$name: every row comes back as it was sent, hot, half archived and archived",
    { timeout: 240_000 },
    async ({ name, rows, levels }) => {
      const scope = await memberScope("owner");
      const path = join(folder, `${name}.ndjson.gz`);
      const result = await importLogFile(scope, path, name);
      expect(result).toMatchObject({ accepted: rows, rejected: 0 });
      expect(await getEpisode(scope, name)).toMatchObject({
        total: rows,
        levels: { debug: 0, fatal: 0, ...levels },
      });
      const source = gunzipSync(await readFile(path))
        .toString("utf8")
        .trimEnd()
        .split("\n")
        .map(expectedOf);
      expect(source).toHaveLength(rows);

      const compare = async (archived: number) => {
        const cold =
          archived > 0
            ? (await readColdRange(scope, name, { from: 0n, to: BigInt(archived - 1) })).entries
            : [];
        const hot = await readHotEntries(scope, name, { from: BigInt(archived), to: BigInt(rows - 1) });
        const read = [...cold, ...hot.map(fromDocument)];
        expect(read).toHaveLength(rows);
        // One comparison of all, so that a difference is not drowned in thousands.
        const differing = read.findIndex((entry, index) => {
          const wanted = source[index];
          return (
            entry.seq !== BigInt(index) ||
            entry.message !== wanted?.message ||
            entry.metadataText !== wanted.metadataText ||
            entry.at.toISOString() !== wanted.at
          );
        });
        if (differing >= 0) expect(read[differing]).toMatchObject({ ...source[differing] });
        expect(differing).toBe(-1);
        await compareThroughThePages(archived);
      };

      /** The doors that the browser uses, at places that matter: the ends, the seam, and some between. */
      const compareThroughThePages = async (archived: number) => {
        for (const place of [0, 1, 999, 1000, Math.max(0, archived - 1), archived, rows - 1].filter(
          (n) => n < rows,
        )) {
          const entry = await getLogEntry(scope, name, BigInt(place));
          expect(entry).toMatchObject({
            tier: place < archived ? "cold" : "hot",
            message: source[place]?.message,
            metadataText: source[place]?.metadataText,
          });
        }
        const from = Math.max(0, Math.min(archived, rows) - 100);
        const page = await readLogPage(scope, name, {
          from: String(from),
          direction: "forward",
          limit: 200,
          filter: { levels: [], text: "" },
        });
        const listed = page?.rows.map((row) => (row.kind === "entry" ? row.message : row));
        expect(listed).toEqual(source.slice(from, from + 200).map(({ message }) => message.slice(0, 2000)));
      };

      await compare(0);
      const half = Math.floor(rows / 2);
      await scoped(scope)
        .collection(logMetadata)
        .updateOne({ episodeId: name }, { $set: { keepHot: rows - half, chunkSize: 5_000 } });
      await archiveEpisode(scope, name, { trigger: "on_demand" });
      expect(await getEpisode(scope, name)).toMatchObject({ archivedThrough: String(half - 1) });
      await compare(half);
      await archiveEpisode(scope, name, { trigger: "on_demand", everything: true });
      await compare(rows);

      expect((await checkEpisode(scope, name)).problems).toEqual([]);
      expect(await importLogFile(scope, path, name)).toMatchObject({ accepted: rows, rejected: 0 });
      expect(await getEpisode(scope, name)).toMatchObject({ total: rows });
    },
  );

  test.each(files)(
    "$name through HTTP: batches sent at once, each of them three times, are stored once",
    { timeout: 240_000 },
    async ({ name, rows }) => {
      const program = await programWith("logs:write");
      const lines = gunzipSync(await readFile(join(folder, `${name}.ndjson.gz`)))
        .toString("utf8")
        .trimEnd()
        .split("\n");
      const batches = Array.from({ length: Math.ceil(rows / batchSize) }, (_, index) =>
        lines.slice(index * batchSize, (index + 1) * batchSize),
      );
      // Neighbours of the list are the same batch, so that its copies are on their way at the same time.
      const copies = batches.flatMap((batch, index) => [index, index, index].map((key) => ({ key, batch })));
      const answers = new Map<number, Answer[]>();
      const sender = async () => {
        for (let copy = copies.shift(); copy; copy = copies.shift()) {
          const answer = await sendBatch(program, name, copy.key, copy.batch);
          answers.set(copy.key, [...(answers.get(copy.key) ?? []), answer]);
        }
      };
      await Promise.all(Array.from({ length: sendersAtOnce }, sender));

      const stored = await storedEntries(program.scope, name);
      expect(stored).toHaveLength(rows);
      expect(stored.findIndex(({ seq }, index) => seq !== BigInt(index))).toBe(-1);
      for (const [index, batch] of batches.entries()) {
        const [answer, ...others] = answers.get(index) ?? [];
        const first = Number(answer?.firstSequence);
        expect(answer).toMatchObject({ accepted: batch.length, rejected: 0 });
        expect(others).toEqual([answer, answer]);
        const read = stored.slice(first, first + batch.length).map(({ message, metadataText, at }) => ({
          message,
          metadataText,
          at: at.toISOString(),
        }));
        expect(read).toEqual(batch.map(expectedOf));
      }
      expect((await checkEpisode(program.scope, name)).problems).toEqual([]);
    },
  );
});

const batchSize = 500;
const sendersAtOnce = 6;

interface Answer {
  accepted: number;
  rejected: number;
  firstSequence: string;
  lastSequence: string;
}

/** Sends again when it is told to, as a sender should. */
async function sendBatch(program: Program, episode: string, key: number, batch: string[]): Promise<Answer> {
  for (;;) {
    const response = await POST(
      new Request(`http://localhost:3000/api/v1/logs?episode=${episode}`, {
        method: "POST",
        body: Uint8Array.from(gzipSync(batch.join("\n"), { level: 1 })),
        headers: {
          authorization: program.authorization,
          "content-encoding": "gzip",
          "idempotency-key": `batch-${key}`,
        },
      }),
    );
    const answer = await response.json();
    if (response.status === 200) {
      const { accepted, rejected, firstSequence, lastSequence } = answer;
      return { accepted, rejected, firstSequence, lastSequence };
    }
    const wait = response.headers.get("retry-after");
    if (wait === null) throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
    await setTimeout(Number(wait) * 1000);
  }
}
