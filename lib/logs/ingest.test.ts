import { expect, test } from "vitest";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import { scoped } from "@/lib/mongo/scoped";
import { expectSound } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { runFault } from "@/lib/testing/fault-process";
import {
  logLines,
  messagesOf,
  newEpisodeId,
  numbersOf,
  parsedLines,
  range,
  walkEpisode,
} from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { sealJob } from "@/lib/worker/seal";
import { type Batch, ingestBatch } from "./ingest";
import { getEpisode, getLogEntry, readLogPage } from "./queries";
import { sealAbandoned } from "./seal";
import { checkEpisode } from "./verify";

const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

const batchOf = (episodeId: string, batchId: string, lines: string[]): Batch => ({
  episodeId,
  batchId,
  entries: parsedLines(lines),
  final: true,
});

test("the first batch of an episode makes its record and takes the numbers from 0", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const answer = await ingestBatch(scope, batchOf(episodeId, "one", logLines(10)));
  expect(answer).toEqual({ ok: true, accepted: 10, rejected: 0, first: 0n, last: 9n, repeated: false });
  const episode = await getEpisode(scope, episodeId);
  expect(episode).toMatchObject({
    total: 10,
    hot: 10,
    archived: 0,
    nextSequenceNumber: "10",
    archivedThrough: "-1",
    levels: { debug: 1, info: 6, warn: 1, error: 1, fatal: 1 },
    firstAt: "2026-11-20T08:00:00.000Z",
    lastAt: "2026-11-20T08:00:00.090Z",
  });
  await expectSound(scope, episodeId);
});

test("a batch sent again is stored once and gets the same answer", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const batch = batchOf(episodeId, "same", logLines(25));
  const first = await ingestBatch(scope, batch);
  expect(await ingestBatch(scope, batch)).toEqual({ ...first, repeated: true });
  expect((await expectSound(scope, episodeId)).hotRows).toBe(25);
});

test("the same batch sent five times at once is stored once", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const batch = batchOf(episodeId, "at-once", logLines(200));
  const answers = await Promise.all(range(5).map(() => ingestBatch(scope, batch)));
  expect(new Set(answers.map((answer) => answer.ok && `${answer.first}-${answer.last}`))).toEqual(
    new Set(["0-199"]),
  );
  expect((await expectSound(scope, episodeId)).hotRows).toBe(200);
});

test("another content under the same name is refused and the first one stands", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  await ingestBatch(scope, batchOf(episodeId, "name", logLines(3)));
  const answer = await ingestBatch(scope, batchOf(episodeId, "name", logLines(3, 100)));
  expect(answer).toMatchObject({ ok: false, code: "conflict" });
  expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(["line 0", "line 1", "line 2"]);
  await expectSound(scope, episodeId);
});

test("many writers of one episode get dense numbers and lose nothing", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const batches = range(12).map((writer) =>
    batchOf(episodeId, `writer-${writer}`, logLines(40, writer * 1000)),
  );
  const answers = await Promise.all(batches.map((batch) => ingestBatch(scope, batch)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  const rows = await walkEpisode(scope, episodeId);
  expect(numbersOf(rows)).toEqual(range(480));
  const expected = batches.flatMap(({ entries }) => entries.map(({ message }) => message));
  expect(messagesOf(rows).sort()).toEqual(expected.sort());
  await expectSound(scope, episodeId);
});

test.each(["reserved", "half_written", "written", "settled"])(
  "a writer killed when the batch is %s: sending it again completes it, once",
  { timeout: 120_000 },
  async (at) => {
    const scope = await memberScope("owner");
    const episodeId = newEpisodeId();
    // More than one insert, so that half of the rows can be there.
    const lines = logLines(1500);
    const batchId = `killed-${at}`;
    const { workspaceId } = scope;
    const { signal, output } = await runFault(
      { kind: "ingest", workspaceId, episodeId, batchId, rows: lines.length, at },
      { databaseUrl: database.url, mongoDatabase: mongo.name, objectStore: objects.directory },
    );
    expect(output).toBe("");
    expect(signal).toBe("SIGKILL");

    // What was not acknowledged is accounted for: the numbers belong to an open reservation, nothing is counted twice.
    const between = await expectSound(scope, episodeId);
    expect(between.openReservations).toBe(at === "settled" ? 0 : 1);

    const answer = await ingestBatch(scope, batchOf(episodeId, batchId, lines));
    expect(answer).toMatchObject({ ok: true, accepted: 1500, first: 0n, last: 1499n });
    const after = await expectSound(scope, episodeId);
    expect(after).toMatchObject({ hotRows: 1500, openReservations: 0, tombstones: 0 });
    expect(messagesOf(await walkEpisode(scope, episodeId, { limit: 500 }))).toEqual(
      range(1500).map((n) => `line ${n}`),
    );
  },
);

test("rows of a writer that is still at it are shown as in flight, and as never written once it is given up", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  await ingestBatch(scope, batchOf(episodeId, "before", logLines(5)));
  const stopped = new Error("stopped on the way");
  const lines = logLines(1200, 5);
  const dying = ingestBatch(scope, batchOf(episodeId, "dying", lines), (step) => {
    if (step === "half_written") throw stopped;
  });
  await expect(dying).rejects.toBe(stopped);
  await ingestBatch(scope, batchOf(episodeId, "after", logLines(5, 5000)));

  const gapOf = async () => {
    const page = await readLogPage(scope, episodeId, {
      from: "1000",
      direction: "forward",
      limit: 1000,
      filter: { levels: [], text: "" },
    });
    return page?.rows.filter((row) => row.kind === "gap");
  };
  expect(await gapOf()).toMatchObject([{ from: "1005", to: "1204", reason: "in_flight" }]);
  expect(await getLogEntry(scope, episodeId, 1100n)).toMatchObject({ kind: "gap", reason: "in_flight" });

  expect(await sealAbandoned(scope, episodeId, 0)).toEqual({ sealed: 1, missing: 200n });
  expect(await gapOf()).toMatchObject([{ from: "1005", to: "1204", reason: "never_written" }]);
  expect(await expectSound(scope, episodeId)).toMatchObject({
    hotRows: 1010,
    tombstones: 200,
    openReservations: 0,
  });

  // The sender comes back: what it had stored stays where it is, the rest gets new numbers, nothing stands twice.
  const answer = await ingestBatch(scope, batchOf(episodeId, "dying", lines));
  expect(answer).toMatchObject({ ok: true, accepted: 1200, first: 5n, last: 1409n });
  expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: 1210, tombstones: 200 });
  const messages = messagesOf(await walkEpisode(scope, episodeId, { limit: 500 }));
  expect(new Set(messages).size).toBe(1210);
  expect(await ingestBatch(scope, batchOf(episodeId, "dying", lines))).toMatchObject({
    ok: true,
    repeated: true,
  });
});

test("a slow writer that was given up takes its rows back and stores them under numbers that count", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  let asleep = true;
  const answer = await ingestBatch(scope, batchOf(episodeId, "slow", logLines(20)), async (step) => {
    if (step === "reserved" && asleep) await sealAbandoned(scope, episodeId, 0);
    asleep = false;
  });
  expect(answer).toMatchObject({ ok: true, accepted: 20, first: 20n, last: 39n });
  expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: 20, tombstones: 20 });
});

test.each(["the worker", "the batch, sent again,"])(
  "rows of a slow writer that was given up and then died are taken back by %s",
  async (who) => {
    const scope = await memberScope("owner");
    const episodeId = newEpisodeId();
    const batch = batchOf(episodeId, "slow", logLines(20));
    const died = new Error("died");
    const dying = ingestBatch(scope, batch, async (step) => {
      if (step === "reserved") await sealAbandoned(scope, episodeId, 0);
      if (step === "written") throw died;
    });
    await expect(dying).rejects.toBe(died);
    expect((await checkEpisode(scope, episodeId)).ok).toBe(false);
    if (who === "the worker") await sealJob().run(new AbortController().signal);
    else await ingestBatch(scope, batch);
    const stored = who === "the worker" ? 0 : 20;
    expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: stored, tombstones: 20 });
    expect(await ingestBatch(scope, batch)).toMatchObject({ ok: true, accepted: 20, first: 20n, last: 39n });
    expect(await expectSound(scope, episodeId)).toMatchObject({ hotRows: 20, tombstones: 20 });
  },
);

test("three senders of a batch after one that was cut off at each step store it once", async () => {
  const scope = await memberScope("owner");
  for (const at of ["reserved", "half_written", "written", "settled"]) {
    const episodeId = newEpisodeId();
    const batch = batchOf(episodeId, "storm", logLines(1200));
    const cut = new Error("cut off");
    const first = ingestBatch(scope, batch, (step) => {
      if (step === at) throw cut;
    });
    await expect(first).rejects.toBe(cut);
    const answers = await Promise.all(range(3).map(() => ingestBatch(scope, batch)));
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: true, accepted: 1200, first: 0n, last: 1199n });
    }
    expect(await expectSound(scope, episodeId)).toMatchObject({
      hotRows: 1200,
      openReservations: 0,
      tombstones: 0,
    });
  }
});

test("two workspaces may use the same episode id and neither sees the other's rows", async () => {
  const [one, other] = await Promise.all([memberScope("owner"), memberScope("owner")]);
  const episodeId = newEpisodeId();
  await ingestBatch(one, batchOf(episodeId, "b", logLines(4)));
  expect(await getEpisode(other, episodeId)).toBeNull();
  expect(await getLogEntry(other, episodeId, 0n)).toBeNull();
  await ingestBatch(other, batchOf(episodeId, "b", logLines(2, 50)));
  expect(messagesOf(await walkEpisode(one, episodeId))).toHaveLength(4);
  expect(messagesOf(await walkEpisode(other, episodeId))).toEqual(["line 50", "line 51"]);
});

test("what a document cannot hold comes back word for word", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const hard = [
    '{"message":"half \\ud83d","level":"info"}',
    '{"message":"NUL \\u0000 and \\u2028 and \\n","level":"info","m":{"a.b":1,"":2,"$set":3}}',
    '{"message":"numbers","level":"info","big":9223372036854775808,"int64":-9223372036854775808,"one":1.0,"zero":-0,"e":1e400}',
    '{"message":"keys","level":"info","b":1,"2":2,"a":{"x":1,"x":2},"__proto__":{"y":1}}',
    `{"message":"deep","level":"info","deep":${"[".repeat(120)}1${"]".repeat(120)}}`,
    `{"message":"long ${"x".repeat(1_000_000)}","level":"info"}`,
  ];
  await ingestBatch(scope, batchOf(episodeId, "hard", hard));
  for (const [index, line] of hard.entries()) {
    const entry = await getLogEntry(scope, episodeId, BigInt(index));
    if (!entry || "kind" in entry) throw new Error(`Row ${index} is not there`);
    expect(entry.message).toBe(JSON.parse(line).message);
    // The line without its message and level is the metadata, and none of its letters may change.
    const rest = line.replace(/^\{"message":"(?:[^"\\]|\\.)*","level":"info",?/, "{");
    expect(entry.metadataText ?? "{}").toBe(rest);
  }
  await expectSound(scope, episodeId);
});

test("odd times are taken as they are, flagged, and counted into the range of the episode", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const times = ["2099-01-01T00:00:00.000Z", "1970-01-01T00:00:00.000Z", "2026-11-20T08:00:00.000Z"];
  await ingestBatch(
    scope,
    batchOf(
      episodeId,
      "times",
      times.map((timestamp) => JSON.stringify({ timestamp, message: "m", level: "info" })),
    ),
  );
  expect(await getEpisode(scope, episodeId)).toMatchObject({ firstAt: times[1], lastAt: times[0] });
  expect(await getLogEntry(scope, episodeId, 0n)).toMatchObject({
    at: times[0],
    flags: ["timestamp_absurd"],
  });
  expect(await getLogEntry(scope, episodeId, 2n)).toMatchObject({ at: times[2], flags: [] });
  await expectSound(scope, episodeId);
});

test("the check sees a row that is gone, a row too many and a wrong counter", async () => {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  await ingestBatch(scope, batchOf(episodeId, "b", logLines(10)));
  await scoped(scope).collection(logEntries).deleteMany({ episodeId, sequenceNumber: 4n });
  const { ok, problems } = await checkEpisode(scope, episodeId);
  expect(ok).toBe(false);
  expect(problems.join("\n")).toMatch(/Rows 4 to 4 are nowhere/);
  expect(problems.join("\n")).toMatch(/currentLogs is 10, counted were 9/);
});
