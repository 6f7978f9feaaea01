import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { assetProbeReports, assets } from "@/lib/mongo/collections/assets";
import { scoped } from "@/lib/mongo/scoped";
import { assetPrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { createRuns } from "@/lib/runs/create";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { workWith } from "@/lib/testing/task-work";
import { storedAsset } from "@/lib/testing/workflows";
import { builtin } from "./builtin";

testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("editor");
});

const work = (
  nodeType: string,
  executorConfig: Record<string, unknown>,
  assetIds: string[] = [],
  attempt = 1,
) => workWith(builtin, { scope, task: { nodeType, executorConfig, assetIds, attempt } });

/** A task behind others that are over, each with the assets that it hands on. */
async function behind(
  nodeType: string,
  executorConfig: Record<string, unknown>,
  lists: Record<string, string[]>,
) {
  const runId = `run-${randomBytes(6).toString("hex")}`;
  const upstreamNodeIds = Object.keys(lists);
  const done = Object.entries(lists).map(([nodeId, outputAssetIds]) =>
    newTaskOf(runId, nodeId, {
      status: "succeeded",
      assetIds: ["of", "before"],
      outputAssetIds,
      lastResultPreview: { rows: 7 },
      durationMs: 1_500,
    }),
  );
  await createRuns(scope, [newRunOf(runId, [...done, newTaskOf(runId, "last", { upstreamNodeIds })])]);
  return workWith(builtin, {
    scope,
    task: { nodeType, executorConfig, workflowRunId: runId, upstreamNodeIds },
  });
}

describe("filter", () => {
  test("hands on the assets that meet its conditions, in their order", async () => {
    const [small, large, image] = [
      await storedAsset(scope, { sizeBytes: 10 }),
      await storedAsset(scope, { sizeBytes: 5_000 }),
      await storedAsset(scope, { detectedFormats: ["image"], sizeBytes: 9_000, displayName: "Cat.PNG" }),
    ];
    const all = [image, small, large];
    const kept = async (where: object[], match?: string) =>
      (await work("filter", { where, ...(match && { match }) }, all)).outcome.assetIds;
    expect(await kept([{ field: "detectedFormats", value: "csv" }])).toEqual([small, large]);
    expect(await kept([{ field: "detectedFormats", is: "ne", value: "csv" }])).toEqual([image]);
    expect(await kept([{ field: "sizeBytes", is: "gte", value: 5_000 }])).toEqual([image, large]);
    expect(await kept([{ field: "displayName", is: "contains", value: "cat" }])).toEqual([image]);
    const either = [
      { field: "sizeBytes", is: "lt", value: 100 },
      { field: "detectedFormats", is: "in", value: ["image", "video"] },
    ];
    expect(await kept(either)).toEqual([]);
    expect(await kept(either, "any")).toEqual([image, small]);
  });

  test("an asset of another workspace is none", async () => {
    const foreign = await storedAsset(scope);
    scope = await memberScope("editor");
    const { outcome, lines } = await work("filter", { where: [{ field: "status", value: "ready" }] }, [
      foreign,
    ]);
    expect(outcome.assetIds).toEqual([]);
    expect(lines).toContainEqual({ stream: "stderr", message: "1 asset of the input no longer exist" });
  });
});

describe("set", () => {
  const lists = { one: ["a", "b", "c"], two: ["c", "b", "d"], three: ["b"] };

  test.each([
    ["union", ["a", "b", "c", "d"]],
    ["intersection", ["b"]],
    ["difference", ["a"]],
  ])("%s of what the nodes before it hand on", async (operation, expected) => {
    const { outcome } = await behind("set", { operation }, lists);
    expect(outcome.assetIds).toEqual(expected);
  });

  test("without upstream it says what it needs", async () => {
    await expect(work("set", {})).rejects.toThrow("needs upstream nodes");
  });
});

describe("report", () => {
  test("sums up the nodes before it as an artifact", async () => {
    const { artifacts, outcome } = await behind(
      "report",
      { title: "Nightly" },
      { one: ["a"], two: ["a", "b"] },
    );
    expect(artifacts).toMatchObject([{ title: "Nightly", contentType: "text/markdown; charset=utf-8" }]);
    const [report] = artifacts;
    const text = report && "body" in report ? String(report.body) : "";
    expect(text).toContain("| two | succeeded | 1.5 s | 2 | 0 |");
    expect(text).toContain('"rows": 7');
    expect(outcome.preview).toEqual({ title: "Nightly", nodes: 2, artifactId: "artifact-1" });
  });

  test("as JSON it is one for programs", async () => {
    const { artifacts } = await behind("report", { format: "json" }, { one: ["a"] });
    expect(artifacts).toMatchObject([
      { json: { nodes: [{ nodeId: "one", assets: 1, preview: { rows: 7 } }] } },
    ]);
  });
});

describe("probe", () => {
  const reportsOn = (assetId: string) =>
    scoped(scope)
      .collection(assetProbeReports)
      .find({ assetId }, { sort: { reportVersion: 1 } })
      .toArray();

  test("lists the files of an asset, tells their formats, and numbers its reports", async () => {
    const id = await storedAsset(scope, { type: "folder", status: "pending", detectedFormats: [] });
    for (const [name, body] of [
      ["a.csv", "1,2"],
      ["b.csv", ""],
      ["readme.md", "# x"],
    ] as const)
      await objectStore().put(`${assetPrefix(scope.workspaceId)}${id}/${name}`, Buffer.from(body));
    await objectStore().put(`${assetPrefix(scope.workspaceId)}${id}0`, Buffer.from("a neighbour"));
    const { outcome } = await work("probe", {}, [id]);
    expect(outcome).toMatchObject({
      outcome: "succeeded",
      preview: { probed: 1, faulty: 0, formats: { csv: 1 } },
    });
    await workWith(builtin, { scope, task: { nodeType: "probe", assetIds: [id], fence: 2 } });
    const reports = await reportsOn(id);
    expect(reports.map(({ reportVersion }) => reportVersion)).toEqual([1, 2]);
    expect(reports[0]).toMatchObject({
      detectedFormatCandidates: [
        { format: "csv", confidence: 0.667 },
        { format: "text", confidence: 0.333 },
      ],
      structureSummary: { files: 3, sizeBytes: 6 },
      warnings: [{ severity: "warning", message: "The file is empty.", path: "b.csv" }],
    });
    const asset = await scoped(scope).collection(assets).findOne({ _id: id });
    expect(asset).toMatchObject({ status: "ready", detectedFormats: ["csv", "text"] });
  });

  test("a key of another workspace is not read, whatever a document says", async () => {
    const other = await memberScope("editor");
    const key = `${assetPrefix(other.workspaceId)}secret.csv`;
    await objectStore().put(key, Buffer.from("secret"));
    const ref = { bucket: null, key, uri: null, checksum: null, contentType: null, sizeBytes: 6 };
    const id = await storedAsset(scope, { storageRef: ref });
    await work("probe", {}, [id]);
    expect((await reportsOn(id))[0]?.structureSummary).toMatchObject({ files: null });
  });

  test("fails only when nothing could be read, and says so in the log", async () => {
    const empty = await storedAsset(scope, { status: "pending" });
    const { outcome, lines } = await work("probe", {}, [empty, "gone"]);
    expect(outcome).toMatchObject({ outcome: "failed", preview: { probed: 2, faulty: 2 } });
    expect(lines).toContainEqual({ stream: "stderr", message: "gone: there is no such asset any more" });
    expect((await scoped(scope).collection(assets).findOne({ _id: empty }))?.status).toBe("failed");
    await expect(work("probe", {})).rejects.toThrow("nothing to probe");
  });
});

describe("fail", () => {
  test("always or never at the ends of its rate; between, the same attempt always goes the same way", async () => {
    expect((await work("fail", {})).outcome).toMatchObject({
      outcome: "failed",
      errorMessage: expect.stringContaining("told to"),
    });
    expect((await work("fail", { rate: 0 })).outcome.outcome).toBe("succeeded");
    const attempts = async (seed: number) =>
      Promise.all(
        Array.from(
          { length: 40 },
          async (_, n) => (await work("fail", { rate: 0.5, seed }, [], n + 1)).outcome.outcome,
        ),
      );
    const first = await attempts(1);
    expect(await attempts(1)).toEqual(first);
    expect(await attempts(2)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set(["failed", "succeeded"]));
  });
});

describe("log", () => {
  test("writes as many lines as it is told, each with its number", async () => {
    const { lines } = await work("log", { lines: 3, message: "row {n}", stream: "stderr" });
    expect(lines).toEqual(["row 1", "row 2", "row 3"].map((message) => ({ stream: "stderr", message })));
  });
});
