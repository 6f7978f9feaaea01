import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Asset } from "@/lib/mongo/collections/assets";
import {
  type Dataset,
  type DatasetVersion,
  datasets,
  datasetVersions,
} from "@/lib/mongo/collections/datasets";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { storedAsset } from "@/lib/testing/workflows";
import { getInputOptions, resolveChoices, searchInputs } from "./queries";
import { resolveBindings } from "./resolve";

testDatabase();
testMongo();

let scope: WorkspaceScope;
/** Ids are the workspace's own: the store knows no two documents of one id. */
let id: (name: string) => string;

const now = new Date();
const common = () => ({ projectId: scope.workspaceId, summary: {}, createdBy: "test", createdAt: now });

const makeAsset = (name: string, values: Partial<Asset> = {}) =>
  storedAsset(scope, {
    ...common(),
    _id: id(name),
    displayName: name,
    sizeBytes: 10,
    fileCount: 2,
    detectedFormats: [],
    ...values,
  });

async function makeDataset(name: string, values: Partial<Dataset> = {}): Promise<void> {
  await scoped(scope)
    .collection(datasets)
    .insertOne({
      ...common(),
      _id: id(name),
      name,
      type: "rows",
      status: "active",
      latestVersionId: null,
      updatedAt: now,
      ...values,
    });
}

async function makeVersion(
  dataset: string,
  tag: string,
  its: string[],
  values: Partial<DatasetVersion> = {},
) {
  await scoped(scope)
    .collection(datasetVersions)
    .insertOne({
      ...common(),
      _id: id(`${dataset}@${tag}`),
      datasetId: id(dataset),
      sourceAssetId: id(its[0] ?? ""),
      assetIds: its.map(id),
      parentVersionId: null,
      versionTag: tag,
      canonicalSchemaVersion: "1",
      manifestRef: null,
      stats: { rows: 5 },
      status: "ready",
      ...values,
    });
}

beforeEach(async () => {
  scope = await memberScope("editor");
  id = (name) => `${scope.workspaceId}/${name}`;
  for (const name of ["a", "b", "c"]) await makeAsset(name);
  await makeAsset("old", { status: "archived" });
  await makeDataset("set", { latestVersionId: id("set@v2") });
  await makeVersion("set", "v1", ["a"]);
  await makeVersion("set", "v2", ["a", "b"]);
  await makeVersion("set", "v3", ["c"], { status: "building" });
  await makeDataset("empty");
  await makeDataset("gone", { status: "archived", latestVersionId: id("set@v1") });
});

const dataset = (name: string, version?: string) => ({
  kind: "dataset" as const,
  id: id(name),
  ...(version !== undefined && { versionId: id(`${name}@${version}`) }),
});
const asset = (name: string) => ({ kind: "asset" as const, id: id(name) });

describe("what a run is bound to", () => {
  test("is each asset once, datasets expanded to those of their newest version, in the order chosen", async () => {
    expect(await resolveBindings(scope, [asset("b"), dataset("set"), asset("c"), asset("b")])).toEqual({
      ok: true,
      bindings: [
        { kind: "asset", id: id("b"), name: "b" },
        { kind: "dataset", id: id("set"), versionId: id("set@v2"), versionTag: "v2", name: "set" },
        { kind: "asset", id: id("c"), name: "c" },
      ],
      assetIds: [id("b"), id("a"), id("c")],
      datasetIds: [id("set")],
      sizeBytes: 30,
      fileCount: 6,
    });
  });

  test("is the version that was named, whatever came after it", async () => {
    expect(await resolveBindings(scope, [dataset("set", "v1")])).toMatchObject({ assetIds: [id("a")] });
  });

  test("may be nothing", async () => {
    expect(await resolveBindings(scope, [])).toMatchObject({
      ok: true,
      assetIds: [],
      datasetIds: [],
      bindings: [],
    });
  });

  test("is refused where it is archived, unfinished or without a version, and the sentence names it", async () => {
    expect(await resolveBindings(scope, [asset("old")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("old is archived"),
    });
    expect(await resolveBindings(scope, [dataset("gone")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("gone is archived"),
    });
    expect(await resolveBindings(scope, [dataset("empty")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("no version yet"),
    });
    expect(await resolveBindings(scope, [dataset("set", "v3")])).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("still being built"),
    });
    expect(await resolveBindings(scope, [{ ...dataset("empty"), versionId: id("set@v1") }])).toMatchObject({
      code: "not_found",
    });
    expect(
      await resolveBindings(
        scope,
        Array.from({ length: 101 }, () => asset("a")),
      ),
    ).toMatchObject({ code: "bad_input" });
  });

  test("of another workspace answers like something that never was", async () => {
    const stranger = await memberScope("owner");
    const theirs = await resolveBindings(stranger, [asset("a")]);
    const nobodys = await resolveBindings(stranger, [{ kind: "asset", id: "nothing" }]);
    expect([theirs, nobodys].map((answer) => !answer.ok && answer.message)).toEqual([
      `There is no asset ${id("a")} in this workspace. Choose another input.`,
      "There is no asset nothing in this workspace. Choose another input.",
    ]);
    expect(await resolveBindings(stranger, [dataset("set")])).toMatchObject({ code: "not_found" });
    expect(await getInputOptions(stranger, [asset("a"), dataset("set")])).toEqual([]);
  });
});

test("the picker finds by a part of the name, shows versions and sizes, and leaves out what is archived", async () => {
  const { options, more } = await searchInputs(scope, "");
  expect(more).toBe(false);
  expect(options.map(({ kind, name, blocked }) => [kind, name, blocked]).sort()).toEqual([
    ["asset", "a", null],
    ["asset", "b", null],
    ["asset", "c", null],
    ["dataset", "empty", "no version yet"],
    ["dataset", "set", null],
  ]);
  const [set] = (await searchInputs(scope, "SE")).options;
  expect(set).toMatchObject({ name: "set", assetCount: 2, sizeBytes: 20, fileCount: 4 });
  expect(set?.versions.map(({ tag, ready, rows }) => [tag, ready, rows])).toContainEqual(["v2", true, 5]);
  expect((await searchInputs(scope, ".*")).options).toEqual([]);
});

test("the figures of the form are those of the start", async () => {
  expect(await resolveChoices(scope, [dataset("set"), asset("a")])).toEqual({
    ok: true,
    assets: 2,
    datasets: 1,
    sizeBytes: 20,
    fileCount: 4,
  });
  expect(await resolveChoices(scope, [asset("old")])).toMatchObject({ ok: false });
});
