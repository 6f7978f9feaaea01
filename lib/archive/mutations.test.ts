import { describe, expect, test, vi } from "vitest";
import { listAuditOf } from "@/lib/db/audit";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { archivedEpisode, everything, expectSound, filledEpisode } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { deleteEpisodeAction, setRetentionAction, verifyNowAction } from "./actions";
import { archiveEpisode } from "./archiver";
import { archiveNow, breakLease, retryArchive, verifyNow } from "./mutations";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const trailOf = (scope: Parameters<typeof listAuditOf>[0], episodeId: string) =>
  listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });

describe("a lease is broken", () => {
  test("only when it has expired, and its holder commits nothing any more", async () => {
    const { scope, episodeId } = await filledEpisode(250);
    const confirm = episodeId;
    const result = await archiveEpisode(scope, episodeId, {
      ...everything,
      ttlMs: 60_000,
      onPoint: async (point) => {
        if (point !== "before S5") return;
        expect(await breakLease(scope, { episodeId, confirm })).toMatchObject({
          ok: false,
          code: "conflict",
        });
        await scoped(scope)
          .collection(logMetadata)
          .updateOne({ episodeId }, { $set: { "archiveLease.expiresAt": new Date(Date.now() - 60_000) } });
        const typo = await breakLease(scope, { episodeId, confirm: "episod" });
        expect(typo).toMatchObject({ code: "bad_input" });
        expect(await breakLease(scope, { episodeId, confirm })).toMatchObject({ ok: true });
      },
    });
    expect(result).toMatchObject({ outcome: "failed", chunks: 0 });
    expect(await breakLease(scope, { episodeId, confirm })).toMatchObject({ ok: false, code: "conflict" });
    expect(await trailOf(scope, episodeId)).toMatchObject([
      { action: "archive.break_lease", before: { epoch: 1 } },
    ]);
    expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 250 });
    expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 250 });
  });

  test("by nobody of another workspace", async () => {
    const { episodeId } = await filledEpisode(20);
    const stranger = await memberScope("owner");
    const wish = { episodeId, confirm: episodeId };
    expect(await breakLease(stranger, wish)).toMatchObject({ code: "not_found" });
    expect(await retryArchive(stranger, wish)).toMatchObject({ code: "not_found" });
    expect(await verifyNow(stranger, wish)).toMatchObject({ code: "not_found" });
  });
});

test("archive now tells what became of the rows, also where the worker took them first", async () => {
  const { scope, episodeId } = await filledEpisode(250);
  const [asked, besides] = await Promise.all([
    archiveNow(scope, { episodeId, everything: true }),
    archiveEpisode(scope, episodeId, everything),
  ]);
  expect(["done", "busy"]).toContain(besides.outcome);
  expect(asked).toEqual({ ok: true, message: "Archived and verified 250 rows in 3 chunks." });
  expect(await archiveNow(scope, { episodeId, everything: true })).toMatchObject({
    ok: true,
    message: "Nothing was left to archive.",
  });
  expect(await expectSound(scope, episodeId)).toMatchObject({ archivedRows: 250 });
});

test("a retry is on record as a wish with the error it answers", async () => {
  const { scope, episodeId } = await filledEpisode(20);
  const records = scoped(scope).collection(logMetadata);
  await records.updateOne({ episodeId }, { $set: { lastArchiveError: "The disk is full." } });
  expect(await retryArchive(scope, { episodeId })).toMatchObject({ ok: true });
  expect(await records.findOne({ episodeId })).toMatchObject({ archiveRequest: { everything: false } });
  expect(await trailOf(scope, episodeId)).toMatchObject([
    { action: "archive.retry", before: { error: "The disk is full." } },
  ]);
});

test("a wish for all rows outlives a run that was asked for less, and ends with the one that serves it", async () => {
  const { scope, episodeId } = await filledEpisode(20);
  const records = scoped(scope).collection(logMetadata);
  await records.updateOne(
    { episodeId },
    { $set: { archiveRequest: { everything: true, requestedAt: new Date() } } },
  );
  const wish = async () => (await records.findOne({ episodeId }))?.archiveRequest;
  await archiveEpisode(scope, episodeId, { trigger: "on_demand", everything: false });
  expect(await wish()).toMatchObject({ everything: true });
  expect(await archiveEpisode(scope, episodeId, everything)).toMatchObject({ outcome: "done", rows: 20 });
  expect(await wish()).toBeNull();
});

test("verify now says what it found, and stands on the trail", async () => {
  const { scope, episodeId } = await archivedEpisode(250);
  expect(await verifyNow(scope, { episodeId })).toEqual({
    ok: true,
    message: "3 chunks read again, every row as it was written.",
  });
  const { src } = await chunkAt(scope, episodeId, 1);
  await objectStore().delete(src);
  const { message } = await verifyNow(scope, { episodeId });
  expect(message).toBe(`3 chunks read again, 1 problem: Chunk 1: its object ${src} is gone.`);
  expect((await trailOf(scope, episodeId)).map(({ action }) => action)).toEqual([
    "archive.verify_now",
    "archive.verify_now",
  ]);
});

describe("what only owners and admins may do", () => {
  test.each([
    ["editor", "forbidden"],
    ["admin", "ok"],
  ] as const)("%s: %s", async (role, expected) => {
    const workspace = await createWorkspace();
    const person = await createPerson();
    await join(workspace, person, role);
    const { slug } = workspace;
    arrive(await signedInCookie(person));
    const form = (fields: Record<string, string>) => {
      const data = new FormData();
      for (const [name, value] of Object.entries(fields)) data.set(name, value);
      return data;
    };
    const retention = await setRetentionAction(slug, null, form({ days: "30", undoHours: "24", seen: "" }));
    expect(retention.ok ? "ok" : retention.code).toBe(expected);
    const wish = form({ episodeId: "none", confirm: "none", reason: "not needed" });
    const deleted = await deleteEpisodeAction(slug, null, wish);
    expect(deleted).toMatchObject({ ok: false, code: expected === "ok" ? "not_found" : expected });
    // What an editor may do as well.
    const verified = await verifyNowAction(slug, null, form({ episodeId: "none" }));
    expect(verified).toMatchObject({ ok: false, code: "not_found" });
  });
});
