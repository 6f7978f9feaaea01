import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { runTaskAttempts, runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { DirectoryStore } from "@/lib/objects/directory";
import { switchObjectStore } from "@/lib/objects/store";
import { seededRandom } from "@/lib/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { newWorkspace, workspaceIdOf } from "../place";
import { checkModel } from "./model";

testDatabase();
testMongo();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "strata-model-"));
  switchObjectStore(new DirectoryStore(folder));
});
afterEach(() => {
  switchObjectStore(undefined);
  rmSync(folder, { recursive: true, force: true });
});

/** A few seconds on a machine that has nothing else to do. */
const patience = { timeout: 120_000 };
const place = (seed: number) => newWorkspace(seed, workspaceIdOf(seed, "model"));
const play = async (scope: WorkspaceScope, seed: number) => checkModel(scope, seededRandom(`slice ${seed}`));

test("a seed plays the same again, step by step, whatever else is played beside it", patience, async () => {
  const seed = 11;
  const scope = await place(seed);
  const alone = await play(scope, seed);
  expect(alone.operations).toBeGreaterThan(50);
  await forget(scope);
  switchObjectStore(new DirectoryStore(path.join(folder, "again")));
  const others = [12, 13, 14].map(async (other) => play(await place(other), other));
  expect(await play(scope, seed)).toEqual(alone);
  await Promise.all(others);
});

test("a dozen seeds of the model show no violation", patience, async () => {
  const seeds = Array.from({ length: 12 }, (_, index) => 101 + index);
  const results = await Promise.all(seeds.map(async (seed) => play(await place(seed), seed)));
  expect(results.flatMap(({ violation }, index) => (violation ? [[seeds[index], violation]] : []))).toEqual(
    [],
  );
  expect(results.some(({ kills }) => kills > 0)).toBe(true);
  expect(results.some(({ resets }) => resets > 0)).toBe(true);
  expect(results.some(({ mood }) => mood === "peaceful")).toBe(true);
});

async function forget(scope: WorkspaceScope): Promise<void> {
  const store = scoped(scope);
  await store.collection(runTasks).deleteMany({});
  await store.collection(workflowRuns).deleteMany({});
  await store.collection(runTaskAttempts).deleteMany({});
  await store.collection(artifacts).deleteMany({});
  await store.collection(workflowDefinitions).deleteMany({});
  await store.collection(workflowDefinitionVersions).deleteMany({});
}
