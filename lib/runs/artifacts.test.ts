import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { artifacts } from "@/lib/mongo/collections/artifacts";
import { scoped } from "@/lib/mongo/scoped";
import { objectStore } from "@/lib/objects/store";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import { artifactFileResponse, fileName } from "./artifact-file";
import { getRunArtifact, listRunArtifacts, previewArtifact } from "./artifacts";
import { createRuns } from "./create";

testDatabase();
testMongo();
testObjects();

const name = randomBytes(6).toString("hex");
const [runId, otherRunId] = [`run-${name}`, `run-${name}-other`];
const id = (what: string) => `${what}-${name}`;
let scope: WorkspaceScope;
let stranger: WorkspaceScope;

beforeAll(async () => {
  [scope, stranger] = await Promise.all([memberScope("viewer"), memberScope("viewer")]);
  const named = [id("report"), id("page"), id("missing"), id("long")];
  await createRuns(scope, [
    newRunOf(runId, [newTaskOf(runId, "load", { outputArtifactIds: named }), newTaskOf(runId, "idle")]),
    newRunOf(otherRunId, [newTaskOf(otherRunId, "load")]),
  ]);
  await store(id("report"), "application/json", '{"rows":3}');
  await store(id("page"), "text/html", "<script>alert(1)</script>");
  await store(id("long"), "text/plain", "ä".repeat(200_000));
  await store(id("unnamed"), "text/plain", "from a worker that was too late");
  await record(id("missing"), "text/plain", 10);
});

async function store(artifactId: string, contentType: string, text: string) {
  const bytes = Buffer.from(text);
  await objectStore().put(`artifacts/${artifactId}`, bytes);
  await record(artifactId, contentType, bytes.byteLength);
}

async function record(artifactId: string, contentType: string, sizeBytes: number) {
  const key = `artifacts/${artifactId}`;
  await scoped(scope)
    .collection(artifacts)
    .insertOne({
      _id: artifactId,
      projectId: "no-project",
      type: "report",
      producerType: "run_task",
      producerId: `${runId}.load`,
      storageRef: { bucket: null, key, uri: null, checksum: null, contentType, sizeBytes },
      previewable: true,
      summary: { title: `The ${artifactId}` },
      lineage: {},
      createdBy: "test",
      createdAt: new Date(),
    });
}

async function preview(artifactId: string) {
  const artifact = await getRunArtifact(scope, runId, artifactId);
  return artifact && previewArtifact(artifact);
}

describe("artifacts of a run", () => {
  test("are those its tasks name; what a fenced-out worker left is not shown", async () => {
    const list = await listRunArtifacts(scope, runId);
    expect(list?.artifacts.map((each) => each.id).sort()).toEqual(
      [id("report"), id("page"), id("missing"), id("long")].sort(),
    );
    expect(list?.artifacts.every(({ taskId }) => taskId === `${runId}.load`)).toBe(true);
    expect(await getRunArtifact(scope, runId, id("unnamed"))).toBeNull();
  });

  test("are not to be had through another run, nor by another workspace", async () => {
    expect(await getRunArtifact(scope, otherRunId, id("report"))).toBeNull();
    expect(await getRunArtifact(stranger, runId, id("report"))).toBeNull();
    expect(await listRunArtifacts(stranger, runId)).toBeNull();
    expect((await artifactFileResponse(stranger, runId, id("report"))).status).toBe(404);
  });
});

describe("the preview of an artifact", () => {
  test("indents JSON", async () => {
    expect(await preview(id("report"))).toMatchObject({
      kind: "json",
      text: '{\n  "rows": 3\n}',
      cut: false,
    });
  });

  test("of a page is its source", async () => {
    expect(await preview(id("page"))).toMatchObject({ kind: "text", text: "<script>alert(1)</script>" });
  });

  test("ends at its limit, never within a character", async () => {
    const long = await preview(id("long"));
    expect(long?.cut).toBe(true);
    expect(long?.text).toMatch(/^ä+$/);
    expect(long?.text?.length).toBeLessThanOrEqual(131_072);
  });

  test("says that there are no bytes", async () => {
    expect(await preview(id("missing"))).toMatchObject({ kind: "none", text: null });
    expect((await artifactFileResponse(scope, runId, id("missing"))).status).toBe(404);
  });
});

describe("the download of an artifact", () => {
  test("is whole, and nothing that a browser would run", async () => {
    const response = await artifactFileResponse(scope, runId, id("page"));
    expect(await response.text()).toBe("<script>alert(1)</script>");
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="[A-Za-z0-9._-]+\.html"$/,
    );
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("has a name that is safe in a header", () => {
    expect(fileName('a "b"\r\nset-cookie: x', "text/csv")).toBe("a-b-set-cookie-x.csv");
    expect(fileName("../../etc", null)).toBe("etc");
    expect(fileName("计划", "application/json")).toBe("artifact.json");
    expect(fileName("plan.csv", "application/json")).toBe("plan.csv");
  });
});
