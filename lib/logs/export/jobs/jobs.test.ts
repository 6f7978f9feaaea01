import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { logExports } from "@/drizzle/schema/log-exports";
import { memberships } from "@/drizzle/schema/memberships";
import { archiveEpisode } from "@/lib/archive/archiver";
import { deleteEpisode } from "@/lib/archive/deletion/request";
import { scopeForMember, scopeForWorker, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { listAuditOf } from "@/lib/db/audit";
import { database } from "@/lib/db/client";
import { exportPrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { sha256, withoutTrailer } from "@/lib/testing/export";
import { runFault } from "@/lib/testing/fault-process";
import { logLines, newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createWorkspace, memberScope } from "@/lib/testing/people";
import { type ClaimedExport, claimExport, leaseSeconds } from "./claim";
import { clearExports, endFilesOfDeleted } from "./clear";
import { cancelExport, startExport } from "./mutations";
import { readParts } from "./part-writer";
import { findExport, listExports } from "./queries";
import { type RunOptions, runExport } from "./run";
import { mostRunning, mostUnfinished } from "./schema";

const postgres = testDatabase();
const mongo = testMongo();
const objects = testObjects();

const rowCount = 2_000;
const partBytes = 20_000;
const platform = workerPlatformScope();
const running = new AbortController().signal;
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let scope: WorkspaceScope;
const episodeId = newEpisodeId("exported");

beforeAll(async () => {
  workspace = await createWorkspace();
  scope = await memberScope("viewer", workspace);
  const settings = { chunkSize: 500, archiveThreshold: 100, keepHot: 100 };
  await uploadLines(scope, episodeId, logLines(rowCount), { settings });
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: false });
});

/** A wish, by the person of the scope. */
async function wish(params = "", by = scope, episode = episodeId): Promise<string> {
  const exportId = crypto.randomUUID();
  const answer = await startExport(by, { exportId, episodeId: episode, params });
  if (!answer.ok) throw new Error(answer.message);
  return exportId;
}

/** Claims until this export comes, and works on it as the worker does. */
async function work(exportId: string, options: Partial<RunOptions> = {}) {
  const claim = await claimed(exportId);
  const member = await scopeForMember(claim, "logs:read");
  if (!member) throw new Error("Nobody asked for this");
  const stillAllowed = async () => (await scopeForMember(claim, "logs:read")) !== null;
  return runExport(member, claim, { stillAllowed, signal: running, partBytes, beatMs: 20, ...options });
}

async function claimed(exportId: string): Promise<ClaimedExport> {
  const claim = await claimExport(platform);
  if (claim?.id !== exportId) throw new Error(`Claimed ${claim?.id} and not ${exportId}`);
  return claim;
}

async function textOf(exportId: string, by = scope): Promise<string> {
  const found = await findExport(by, exportId);
  if (!found?.file) throw new Error("There is no file");
  const pieces: Buffer[] = [];
  for await (const piece of readParts(objectStore(), found.file, { start: 0, end: found.file.sizeBytes }))
    pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

async function objectsOf(exportId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of objectStore().list(exportPrefix(workspace.id, exportId))) keys.push(key);
  return keys;
}

const stateOf = async (exportId: string, by = scope) => (await findExport(by, exportId))?.job.state;
const rewrite = (exportId: string, values: Partial<typeof logExports.$inferInsert> | object) =>
  database().update(logExports).set(values).where(eq(logExports.id, exportId));
const theLeaseEnds = (exportId: string) =>
  rewrite(exportId, { leaseUntil: sql`now() - interval '1 second'` });

describe("the file", () => {
  test("is the export, whole, in parts, and its result says what is in it", async () => {
    const exportId = await wish();
    expect(await stateOf(exportId)).toBe("queued");
    expect(await work(exportId)).toBe("done");
    const text = await textOf(exportId);
    const { body, trailer } = withoutTrailer(text);
    expect(trailer).toMatchObject({ complete: true, rows: String(rowCount), sha256: sha256(body) });
    const found = await findExport(scope, exportId);
    expect(found?.job).toMatchObject({
      state: "done",
      expectedRows: rowCount,
      expectedExact: true,
      rowsWritten: rowCount,
      sizeBytes: Buffer.byteLength(text),
      fileName: `${episodeId.replace(":", "_")}_0-${rowCount - 1}.jsonl`,
    });
    expect(found?.job.result).toMatchObject({
      rows: String(rowCount),
      first: "0",
      last: String(rowCount - 1),
      gapCount: 0,
      sha256: sha256(text),
    });
    expect((await objectsOf(exportId)).length).toBe(Math.ceil(Buffer.byteLength(text) / partBytes));
  });

  test("ends where the episode ended when it was asked for, and holds what the query keeps", async () => {
    const growing = newEpisodeId("growing");
    await uploadLines(scope, growing, logLines(100));
    const exportId = await wish(
      "levels=error,fatal&format=csv&from=10&columns=sequenceNumber,level",
      scope,
      growing,
    );
    await uploadLines(scope, growing, logLines(100, 100));
    expect(await work(exportId)).toBe("done");
    const numbers = (await textOf(exportId))
      .split("\r\n")
      .slice(1)
      .flatMap((line) => /^(\d+),/.exec(line)?.[1] ?? []);
    const wanted = Array.from({ length: 90 }, (_, n) => n + 10).filter((n) => n % 8 === 5 || n % 8 === 7);
    expect(numbers).toEqual(wanted.map(String));
    expect((await findExport(scope, exportId))?.job.result).toMatchObject({ through: "99" });
  });

  test("is read from any byte to any other", async () => {
    const exportId = await wish();
    await work(exportId);
    const whole = Buffer.from(await textOf(exportId));
    const file = (await findExport(scope, exportId))?.file;
    if (!file) throw new Error("There is no file");
    for (const [start, end] of [
      [0, 1],
      [partBytes - 3, partBytes + 3],
      [partBytes, 3 * partBytes],
      [whole.length - 5, whole.length],
    ] as const) {
      const pieces: Buffer[] = [];
      for await (const piece of readParts(objectStore(), file, { start, end })) pieces.push(piece);
      expect(Buffer.concat(pieces)).toEqual(whole.subarray(start, end));
    }
  });
});

describe("a worker that dies in the middle", () => {
  test("leaves no file; another one writes it from the start", { timeout: 60_000 }, async () => {
    const exportId = await wish();
    const { signal } = await runFault(
      { kind: "export", workspaceId: workspace.id, episodeId, partBytes, at: "part 3" },
      { databaseUrl: postgres.url, mongoDatabase: mongo.name, objectStore: objects.directory },
    );
    expect(signal).toBe("SIGKILL");
    expect(await stateOf(exportId)).toBe("running");
    expect((await findExport(scope, exportId))?.file).toBeNull();
    expect((await objectsOf(exportId)).length).toBe(3);
    // As long as its lease holds, nobody takes it for dead.
    expect(await claimExport(platform)).toBeNull();
    await theLeaseEnds(exportId);
    expect(await work(exportId)).toBe("done");
    expect(withoutTrailer(await textOf(exportId)).trailer).toMatchObject({
      complete: true,
      rows: String(rowCount),
    });
  });

  test("and was only slow cannot finish what another one has", async () => {
    const exportId = await wish();
    const slow = work(exportId, {
      // Its heart stands still, as in a process that is stopped.
      beatMs: 3_600_000,
      onPart: async (parts) => {
        if (parts !== 2) return;
        await theLeaseEnds(exportId);
        expect(await work(exportId)).toBe("done");
      },
    });
    expect(await slow).toBe("lost");
    expect(withoutTrailer(await textOf(exportId)).trailer).toMatchObject({
      complete: true,
      rows: String(rowCount),
    });
    // What it wrote beside the winner's is gone.
    expect((await objectsOf(exportId)).every((key) => key.includes("attempt=2/"))).toBe(true);
  });

  test("a worker that is told to stop gives the export back at once", async () => {
    const exportId = await wish();
    const stop = new AbortController();
    expect(await work(exportId, { signal: stop.signal, onPart: () => stop.abort() })).toBe("stopped");
    expect(await stateOf(exportId)).toBe("queued");
    expect(await objectsOf(exportId)).toEqual([]);
    expect(await work(exportId)).toBe("done");
  });

  test("a store that fails is tried again, later each time, and then said", async () => {
    const exportId = await wish();
    const failures: unknown[] = [];
    const failing: Partial<RunOptions> = {
      onPart: () => Promise.reject(new Error("The store is away")),
      onFailure: (error) => failures.push(error),
    };
    expect(await work(exportId, failing)).toBe("again");
    expect(await claimExport(platform)).toBeNull();
    for (const outcome of ["again", "again", "again", "failed"]) {
      await rewrite(exportId, { notBefore: null });
      expect(await work(exportId, failing)).toBe(outcome);
    }
    expect((await findExport(scope, exportId))?.job).toMatchObject({ state: "failed", error: /5 attempts/ });
    expect(failures).toHaveLength(5);
    expect(await objectsOf(exportId)).toEqual([]);
  });
});

describe("cancelling", () => {
  test("ends the work under way and throws away what it wrote", async () => {
    const exportId = await wish();
    const outcome = work(exportId, {
      onPart: async (parts) => {
        if (parts !== 2) return;
        expect(await cancelExport(scope, { exportId })).toMatchObject({ ok: true });
        // The next beat of the worker hears of it.
        await vi.waitUntil(async () => (await stateOf(exportId)) === "cancelled");
      },
    });
    expect(await outcome).toBe("lost");
    expect(await objectsOf(exportId)).toEqual([]);
    expect(await claimExport(platform)).toBeNull();
    expect(await cancelExport(scope, { exportId })).toMatchObject({ ok: false, code: "conflict" });
  });

  test("one that waits is never begun", async () => {
    const exportId = await wish();
    expect(await cancelExport(scope, { exportId })).toMatchObject({ ok: true });
    expect(await claimExport(platform)).toBeNull();
  });
});

describe("how many at once", () => {
  test("two of a workspace; the others wait, those of another workspace do not", async () => {
    const other = await memberScope("editor");
    await uploadLines(other, "elsewhere", logLines(10));
    const own = [await wish(), await wish(), await wish()];
    const foreign = await wish("", other, "elsewhere");
    const claims = [];
    for (let claim = await claimExport(platform); claim; claim = await claimExport(platform))
      claims.push(claim.id);
    expect(claims).toHaveLength(mostRunning + 1);
    // Who has none running comes before who has one.
    expect(claims.slice(0, 2)).toEqual([own[0], foreign]);
    expect(claims[2]).toBe(own[1]);
    for (const id of own) await cancelExport(scope, { exportId: id });
    await cancelExport(other, { exportId: foreign });
  });

  test("ten of a person that are not finished, and the same wish twice is one", async () => {
    const person = await memberScope("viewer", workspace);
    const exportId = crypto.randomUUID();
    for (const _ of [1, 2]) await startExport(person, { exportId, episodeId, params: "" });
    expect((await listExports(person)).exports).toHaveLength(1);
    for (let n = 1; n < mostUnfinished; n++) await wish("", person);
    const refused = await startExport(person, { exportId: crypto.randomUUID(), episodeId, params: "" });
    expect(refused).toMatchObject({ ok: false, code: "rate_limited" });
    for (const { id } of (await listExports(person)).exports) await cancelExport(person, { exportId: id });
  });
});

describe("who may have it", () => {
  test("its owner alone; for everybody else, of this workspace or another, it is not there", async () => {
    const exportId = await wish();
    await work(exportId);
    for (const somebody of [await memberScope("owner", workspace), await memberScope("owner")]) {
      expect(await findExport(somebody, exportId)).toBeNull();
      expect((await listExports(somebody)).exports).toEqual([]);
      expect(await cancelExport(somebody, { exportId })).toMatchObject({ ok: false, code: "not_found" });
    }
    expect(await stateOf(exportId)).toBe("done");
  });

  test("a person whose membership ended gets none, also of what was under way", async () => {
    const person = await memberScope("viewer", workspace);
    const exportId = await wish("", person);
    const outcome = await work(exportId, {
      trustMs: 0,
      onPart: async () => {
        const own = and(
          eq(memberships.workspaceId, workspace.id),
          eq(memberships.userId, person.userId ?? ""),
        );
        await database().delete(memberships).where(own);
      },
    });
    expect(outcome).toBe("failed");
    expect((await findExport(person, exportId))?.job).toMatchObject({
      state: "failed",
      error: /access .* has ended/,
    });
    expect(await objectsOf(exportId)).toEqual([]);
  });

  test("an episode of another workspace cannot be exported", async () => {
    const stranger = await memberScope("owner");
    const answer = await startExport(stranger, { exportId: crypto.randomUUID(), episodeId, params: "" });
    expect(answer).toMatchObject({ ok: false, code: "not_found" });
  });

  test("who asked for what is in the trail, once", async () => {
    const exportId = await wish("levels=error");
    const trail = await listAuditOf(scope, { resourceType: "episode", resourceId: episodeId });
    const entries = trail.filter(({ after }) => String(after?.params).includes("levels=error"));
    expect(entries).toMatchObject([{ action: "logs.export", actorId: scope.userId }]);
    await cancelExport(scope, { exportId });
  });
});

describe("the end of a file", () => {
  const day = `${leaseSeconds * 3} seconds`;

  test("after its day it is offered to nobody, and the worker deletes it", async () => {
    const exportId = await wish();
    await work(exportId);
    await rewrite(exportId, { expiresAt: sql`now() - interval '1 second'` });
    expect(await stateOf(exportId)).toBe("expired");
    expect((await findExport(scope, exportId))?.file).toBeNull();
    expect(await clearExports(platform, running)).toMatchObject({ cleared: 1 });
    expect(await objectsOf(exportId)).toEqual([]);
    expect(await clearExports(platform, running)).toMatchObject({ cleared: 0 });
  });

  test("what a dead worker left of a cancelled one goes too, when nobody can write there any more", async () => {
    const exportId = await wish();
    const { signal } = await runFault(
      { kind: "export", workspaceId: workspace.id, episodeId, partBytes, at: "part 2" },
      { databaseUrl: postgres.url, mongoDatabase: mongo.name, objectStore: objects.directory },
    );
    expect(signal).toBe("SIGKILL");
    await cancelExport(scope, { exportId });
    await clearExports(platform, running);
    expect((await objectsOf(exportId)).length).toBe(2);
    await rewrite(exportId, { finishedAt: sql`now() - ${day}::interval` });
    await clearExports(platform, running);
    expect(await objectsOf(exportId)).toEqual([]);
  });

  test("an episode that is deleted takes its files with it", async () => {
    const owner = await memberScope("owner", workspace);
    const doomed = newEpisodeId("doomed");
    await uploadLines(owner, doomed, logLines(50));
    await archiveEpisode(owner, doomed, everything);
    const exportId = await wish("", owner, doomed);
    await work(exportId);
    const kept = await wish();
    await work(kept);
    const deleted = await deleteEpisode(owner, {
      episodeId: doomed,
      confirm: doomed,
      reason: "no longer wanted",
    });
    expect(deleted).toMatchObject({ ok: true });
    const worker = await scopeForWorker(workspace.id);
    if (!worker) throw new Error("The workspace is gone");
    expect(await endFilesOfDeleted(worker)).toBe(1);
    await clearExports(platform, running);
    expect([await stateOf(exportId, owner), await objectsOf(exportId)]).toEqual(["expired", []]);
    expect(await stateOf(kept)).toBe("done");
  });
});
