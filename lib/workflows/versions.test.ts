import { beforeEach, describe, expect, test } from "vitest";
import { listAudit } from "@/lib/audit/queries";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { ensureProject } from "@/lib/projects/mutations";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import {
  archiveWorkflow,
  createWorkflow,
  duplicateWorkflow,
  publishVersion,
  renameWorkflow,
  restoreWorkflow,
} from "./definitions";
import { writeGraphText } from "./graph-text";
import { getVersionGraph, getWorkflow, listVersions, listWorkflows } from "./queries";
import { saveVersion } from "./versions";

testDatabase();
testMongo();

let scope: WorkspaceScope;
let projectId: string;
let workflowId: string;

/** A chain of sleeps. */
const chain = (...ids: string[]) =>
  JSON.stringify({
    nodes: ids.map((id, at) => ({
      id,
      nodeType: "sleep",
      executorType: "builtin",
      ...(at > 0 && { upstreamNodeIds: [ids[at - 1]] }),
    })),
  });
const save = (graph: string, expectedLatest: number, more: { publish?: boolean; note?: string } = {}) =>
  saveVersion(scope, { workflowId, graph, expectedLatest, publish: false, note: "", ...more });
const definitionOf = (name: string) => ({
  _id: `${scope.workspaceId} ${name}`,
  projectId,
  name,
  slug: name.replace(" ", "-"),
  status: "draft" as const,
  latestVersionNumber: 1,
  publishedVersionNumber: null,
  createdBy: "test",
  createdAt: new Date(),
  updatedAt: new Date(),
});
const acts = async () => (await listAudit(scope, { on: workflowId })).rows.map(({ action }) => action);

beforeEach(async () => {
  scope = await memberScope("editor");
  projectId = await ensureProject(scope, { slug: "some", name: "Some", description: "" });
  const made = await createWorkflow(scope, {
    name: "Night shift",
    projectId,
    graph: chain("a", "b"),
    note: "",
  });
  if (!made.ok) throw new Error(made.message);
  workflowId = made.workflowId;
});

describe("a new workflow", () => {
  test("is a draft with one version, in three layers that name the same nodes", async () => {
    expect(await getWorkflow(scope, workflowId)).toMatchObject({
      name: "Night shift",
      slug: "night-shift",
      status: "draft",
      latestVersionNumber: 1,
      publishedVersionNumber: null,
    });
    const version = await scoped(scope)
      .collection(workflowDefinitionVersions)
      .findOne({ workflowDefinitionId: workflowId });
    expect(version?.logicGraph).toEqual({ nodes: ["a", "b"], edges: [["a", "b"]] });
    expect(version?.runtimeGraph.nodes.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(await acts()).toEqual(["workflow.create"]);
  });

  test("of a name that its project has is refused and changes nothing", async () => {
    const again = await createWorkflow(scope, {
      name: "night SHIFT",
      projectId,
      graph: chain("z"),
      note: "",
    });
    expect(again).toMatchObject({ ok: false, fields: { name: expect.stringContaining("already") } });
    expect((await getVersionGraph(scope, workflowId, 1))?.nodes).toHaveLength(2);
  });

  test("in a project of another workspace is refused like in one that never was", async () => {
    const elsewhere = await memberScope("editor");
    const theirs = await ensureProject(elsewhere, { slug: "some", name: "Some", description: "" });
    for (const project of [theirs, "00000000-0000-4000-8000-000000000000", "no id"])
      expect(
        await createWorkflow(scope, { name: "x", projectId: project, graph: chain("a"), note: "" }),
      ).toEqual({
        ok: false,
        code: "bad_input",
        message: "There is no such project in this workspace.",
        fields: { projectId: "There is no such project in this workspace." },
      });
  });
});

describe("saving a version", () => {
  test("makes the next one and leaves those before as they are", async () => {
    const first = await getVersionGraph(scope, workflowId, 1);
    expect(await save(chain("a", "b", "c"), 1, { note: "adds c" })).toMatchObject({
      ok: true,
      versionNumber: 2,
    });
    expect(await getVersionGraph(scope, workflowId, 1)).toEqual(first);
    expect(await listVersions(scope, workflowId)).toMatchObject([
      {
        versionNumber: 2,
        note: "adds c",
        tasks: 3,
        edges: 2,
        changes: { added: 1, removed: 0, changed: 0, edges: 1 },
      },
      { versionNumber: 1, tasks: 2 },
    ]);
    expect(await getWorkflow(scope, workflowId)).toMatchObject({
      latestVersionNumber: 2,
      publishedVersionNumber: null,
    });
    expect(await acts()).toEqual(["workflow.save_version", "workflow.create"]);
  });

  test("refuses a graph that could not run, names what is wrong and stores nothing", async () => {
    const refused = await save(
      '{"nodes": [{"id": "a", "nodeType": "sleep", "executorType": "builtin", "upstreamNodeIds": ["a"]}]}',
      1,
    );
    expect(refused).toMatchObject({
      ok: false,
      code: "bad_input",
      fields: { graph: expect.stringContaining("waits for itself") },
    });
    expect(await listVersions(scope, workflowId)).toHaveLength(1);
    expect(await acts()).toEqual(["workflow.create"]);
  });

  test("of what is the newest already makes no version, so a form that is sent twice makes one", async () => {
    expect(await save(chain("a", "c"), 1)).toMatchObject({ ok: true, versionNumber: 2 });
    expect(await save(chain("a", "c"), 1)).toMatchObject({ ok: true, versionNumber: 2 });
    expect(await listVersions(scope, workflowId)).toHaveLength(2);
  });

  test("on top of a version that is no longer the newest is refused and says which is", async () => {
    await save(chain("a", "c"), 1);
    expect(await save(chain("a", "d"), 1)).toMatchObject({
      ok: false,
      code: "conflict",
      fields: { expectedLatest: "2" },
    });
  });

  test("by eight people at once gives the number to one and tells the others", async () => {
    const answers = await Promise.all(
      ["c", "d", "e", "f", "g", "h", "i", "j"].map((id) => save(chain("a", id), 1)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.code === "conflict")).toHaveLength(7);
    expect((await listVersions(scope, workflowId)).map(({ versionNumber }) => versionNumber)).toEqual([2, 1]);
    expect(await acts()).toEqual(["workflow.save_version", "workflow.create"]);
  });

  test("gives back what was saved when it is exported and imported", async () => {
    const graph = JSON.stringify({
      nodes: [
        {
          id: "a",
          nodeType: "http",
          executorType: "http",
          executorConfig: { url: "https://example.test", "a.b": { $x: 1 } },
        },
        {
          id: "b",
          name: "Bé",
          nodeType: "sleep",
          executorType: "builtin",
          upstreamNodeIds: ["a"],
          note: "n",
          priority: 2,
        },
      ],
    });
    await save(graph, 1);
    const stored = await getVersionGraph(scope, workflowId, 2);
    if (!stored) throw new Error("Version 2 is not there");
    const file = writeGraphText("Night shift", stored);
    const made = await createWorkflow(scope, { name: "Imported", projectId, graph: file, note: "" });
    if (!made.ok) throw new Error(made.message);
    const { nodes, looks } = stored;
    expect(await getVersionGraph(scope, made.workflowId, 1)).toMatchObject({ nodes, looks });
    expect(nodes[0]?.executorConfig).toEqual({ url: "https://example.test", "a.b": { $x: 1 } });
  });
});

describe("a workflow", () => {
  test("is published, renamed, archived and restored, each act on record with what was before", async () => {
    await publishVersion(scope, { workflowId, versionNumber: 1 });
    expect(await getWorkflow(scope, workflowId)).toMatchObject({
      status: "active",
      publishedVersionNumber: 1,
    });
    await renameWorkflow(scope, { workflowId, name: "Day shift" });
    await archiveWorkflow(scope, { workflowId });
    expect(await save(chain("x"), 1)).toMatchObject({ ok: false, code: "conflict" });
    expect(await publishVersion(scope, { workflowId, versionNumber: 1 })).toMatchObject({ ok: false });
    await restoreWorkflow(scope, { workflowId });
    expect(await getWorkflow(scope, workflowId)).toMatchObject({ name: "Day shift", status: "active" });
    const { rows } = await listAudit(scope, { on: workflowId });
    expect(rows.map(({ action }) => action)).toEqual([
      "workflow.restore",
      "workflow.archive",
      "workflow.rename",
      "workflow.publish",
      "workflow.create",
    ]);
    expect(rows[2]).toMatchObject({ before: { name: "Night shift" }, after: { name: "Day shift" } });
  });

  test("that is duplicated begins with the chosen version", async () => {
    await save(chain("a", "b", "c"), 1);
    const copy = await duplicateWorkflow(scope, { workflowId, versionNumber: 1, name: "Copy" });
    if (!copy.ok) throw new Error(copy.message);
    expect((await getVersionGraph(scope, copy.workflowId, 1))?.nodes).toHaveLength(2);
  });

  test("of another workspace answers like one that never was", async () => {
    const stranger = await memberScope("owner");
    for (const id of [workflowId, "wf-nothing"]) {
      expect(await getWorkflow(stranger, id)).toBeNull();
      expect(await getVersionGraph(stranger, id, 1)).toBeNull();
      expect(await listVersions(stranger, id)).toEqual([]);
      expect(await publishVersion(stranger, { workflowId: id, versionNumber: 1 })).toMatchObject({
        code: "not_found",
      });
      expect(await renameWorkflow(stranger, { workflowId: id, name: "mine" })).toMatchObject({
        code: "not_found",
      });
      expect(
        await saveVersion(stranger, {
          workflowId: id,
          graph: chain("q"),
          expectedLatest: 1,
          publish: true,
          note: "",
        }),
      ).toMatchObject({ code: "not_found" });
    }
    expect(await getWorkflow(scope, workflowId)).toMatchObject({
      name: "Night shift",
      latestVersionNumber: 1,
    });
  });

  test("is listed by name in pages that miss and repeat none, filtered by text, project and status", async () => {
    const every = { text: null, projectId: null, status: null, cursor: null };
    const flows = Array.from({ length: 34 }, (_, at) => `flow ${String(at).padStart(2, "0")}`);
    await scoped(scope).collection(workflowDefinitions).insertMany(flows.map(definitionOf));
    const first = await listWorkflows(scope, every);
    const second = await listWorkflows(scope, { ...every, cursor: first.next });
    const names = [...first.workflows, ...second.workflows].map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(35);
    expect(second.next).toBeNull();
    expect(
      (await listWorkflows(scope, { ...every, text: "LOW 3" })).workflows.map(({ name }) => name),
    ).toEqual(["flow 30", "flow 31", "flow 32", "flow 33"]);
    expect((await listWorkflows(scope, { ...every, text: "flow.3" })).workflows).toEqual([]);
    expect((await listWorkflows(scope, { ...every, status: "archived" })).workflows).toEqual([]);
    expect((await listWorkflows(await memberScope("owner"), every)).workflows).toEqual([]);
  });
});
