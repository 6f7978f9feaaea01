import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { archivedEpisode, flipOneBit } from "@/lib/testing/archive";
import { chunkAt } from "@/lib/testing/chunks";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { day } from "@/lib/time";
import { placeHold } from "./hold";
import { buildManifest } from "./manifest/manifest";
import { getArchiveProof, getChunkFacts, listStripCells } from "./queries";
import type { StripCell } from "./schema";
import { scrubEpisode } from "./scrub/scrub";

testDatabase();
testMongo();
const objects = testObjects();
const shell = promisify(execFile);

async function corrupt(scope: WorkspaceScope, episodeId: string, chunkNumber: number): Promise<void> {
  const { src } = await chunkAt(scope, episodeId, chunkNumber);
  await flipOneBit(join(objects.directory, src));
}

const statesOf = (cells: StripCell[]) => cells.map((cell) => (cell.kind === "hole" ? "hole" : cell.state));

test("the strip says of each chunk what is most urgent about it, and where a chunk is gone", async () => {
  const { scope, episodeId } = await archivedEpisode(700);
  await corrupt(scope, episodeId, 1);
  await objectStore().delete((await chunkAt(scope, episodeId, 2)).src);
  await scrubEpisode(scope, episodeId);
  const chunks = scoped(scope).collection(logChunks);
  const set = (chunkNumber: number, fields: object) =>
    chunks.updateOne({ episodeId, chunkNumber }, { $set: fields });
  await set(3, { checkedAt: new Date(0) });
  await set(4, { deleteAfter: new Date(Date.now() + day) });
  await set(5, { restoredUntil: new Date(Date.now() + day) });
  await chunks.deleteMany({ episodeId, chunkNumber: 6 });
  const { cells, cut } = await listStripCells(scope, episodeId);
  expect(statesOf(cells)).toEqual([
    "verified",
    "damaged",
    "missing",
    "verifying",
    "marked",
    "restored",
    "hole",
  ]);
  expect(cells.at(-1)).toEqual({ kind: "hole", from: 600, to: 699 });
  expect(cut).toBe(false);
});

test("a damaged chunk shows what was expected, what its object says now, and which rows that costs", async () => {
  const { scope, episodeId } = await archivedEpisode(2_500, { chunkSize: 2_500 });
  const sound = await getChunkFacts(scope, episodeId, 0);
  expect(sound).toMatchObject({ state: "verified", damage: [], readBack: null });
  await corrupt(scope, episodeId, 0);
  await scrubEpisode(scope, episodeId);
  const facts = await getChunkFacts(scope, episodeId, 0);
  expect(facts?.state).toBe("damaged");
  expect(facts?.readBack?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(facts?.readBack?.sha256).not.toBe(facts?.sha256);
  expect(facts?.members.map(({ readable }) => readable).filter((readable) => !readable)).toHaveLength(1);
  expect(facts?.damage.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_000);
});

test("a store that does not answer costs the facts of a chunk nothing but what it was asked for", async () => {
  const { scope, episodeId } = await archivedEpisode();
  await corrupt(scope, episodeId, 0);
  await scrubEpisode(scope, episodeId);
  const store = objectStore();
  const get = store.get;
  store.get = () => Promise.reject(new Error("connect ECONNREFUSED 10.0.0.7:9000"));
  const facts = await getChunkFacts(scope, episodeId, 0);
  store.get = get;
  expect(facts?.rows).toBe(100);
  expect(facts?.readBack).toEqual({
    sha256: null,
    sizeBytes: null,
    problem: "The object store did not give the object.",
  });
});

test("another workspace sees no chunk, no cell and no proof", async () => {
  const { episodeId } = await archivedEpisode();
  const stranger = await memberScope("owner");
  expect(await getChunkFacts(stranger, episodeId, 0)).toBeNull();
  expect(await listStripCells(stranger, episodeId)).toEqual({ cells: [], cut: false });
  expect(await getArchiveProof(stranger, episodeId)).toBeNull();
});

test("the line of the proof, run where the objects lie, prints the rows that the proof names", async () => {
  const { scope, episodeId } = await archivedEpisode();
  const proof = await getArchiveProof(scope, episodeId);
  const manifest = await buildManifest(scope, episodeId);
  if (!proof || !manifest) throw new Error("There is no proof");
  const elsewhere = await mkdtemp(join(tmpdir(), "strata-outsider-"));
  await writeFile(join(elsewhere, proof.manifest.fileName), manifest.text);
  const run = () =>
    shell("bash", ["-c", proof.command], {
      cwd: elsewhere,
      env: { ...process.env, OBJECT_STORE_DIR: objects.directory },
    });
  expect((await run()).stdout.trim()).toBe(String(proof.rows));
  expect(proof).toMatchObject({ chunks: 3, validChunks: 3, brokenAt: null, rows: 250, unreadableRows: 0 });

  await corrupt(scope, episodeId, 1);
  await expect(run()).rejects.toMatchObject({ stdout: expect.stringContaining("FAILED") });
  await scrubEpisode(scope, episodeId);
  expect(await getArchiveProof(scope, episodeId)).toMatchObject({
    validChunks: 2,
    brokenAt: 1,
    unreadableRows: 100,
  });
  await rm(elsewhere, { recursive: true });
});

test("the proof names the hold that keeps the archive from being deleted", async () => {
  const { scope, episodeId } = await archivedEpisode();
  await placeHold(scope, { episodeId: null, reason: "an inquiry" });
  expect((await getArchiveProof(scope, episodeId))?.deletion).toMatchObject({
    hold: { reason: "an inquiry", ofWorkspace: true },
    marked: null,
  });
});
