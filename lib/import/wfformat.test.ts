import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { getRun, getTask, listRuns, listRunTasks } from "@/lib/runs/queries";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { fileWith } from "@/lib/testing/temporary-folder";
import { wfformatDocument } from "@/lib/testing/wfformat-document";
import { importWfformatFile } from "./wfformat";

const database = testDatabase();
const mongo = testMongo();
const diamond = {
  a: {},
  b: { parents: ["a"] },
  c: { parents: ["a"], seconds: 0 },
  d: { parents: ["b", "c"] },
};
const firstPage = { statuses: [], workflowId: null, cursor: null, direction: "older" as const };

let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("editor");
});

const fileOf = (document: unknown, name?: string) => fileWith(JSON.stringify(document), name);

async function stored(within: WorkspaceScope) {
  const store = scoped(within);
  const [definitions, versions, runs, tasks] = await Promise.all([
    store
      .collection(workflowDefinitions)
      .find({}, { sort: { _id: 1 } })
      .toArray(),
    store
      .collection(workflowDefinitionVersions)
      .find({}, { sort: { _id: 1 } })
      .toArray(),
    store
      .collection(workflowRuns)
      .find({}, { sort: { _id: 1 } })
      .toArray(),
    store
      .collection(runTasks)
      .find({}, { sort: { _id: 1 } })
      .toArray(),
  ]);
  return { definitions, versions, runs, tasks };
}

describe("a file", () => {
  test("becomes a workflow, its version, a finished run and its tasks", async () => {
    const result = await importWfformatFile(scope, fileOf(wfformatDocument(diamond)));
    expect(result).toMatchObject({
      tasks: 4,
      edges: 4,
      workflowName: "little-flow",
      versionNumber: 1,
      created: true,
    });
    const run = await getRun(scope, result.runId);
    expect(run).toMatchObject({
      status: "succeeded",
      workflowSlug: "little-flow",
      projectName: "Imports",
      startedAt: "2020-12-19T21:31:53.000Z",
      durationMs: 90_500,
      taskCounts: { succeeded: 4, failed: 0 },
      summary: { startTimes: "laid out" },
    });
    const tasks = await listRunTasks(scope, result.runId);
    expect(tasks.map((task) => [task.nodeId, task.startedAt, task.durationMs])).toEqual([
      ["a", "2020-12-19T21:31:53.000Z", 2_000],
      ["b", "2020-12-19T21:31:55.000Z", 2_000],
      ["c", "2020-12-19T21:31:55.000Z", 0],
      ["d", "2020-12-19T21:31:57.000Z", 2_000],
    ]);
    const task = await getTask(scope, result.runId, tasks[1]?.id ?? "");
    expect(task).toMatchObject({
      upstreamNodeIds: ["a"],
      workerId: "node-1",
      executorConfig: {
        command: { program: "tool", arguments: ["--id", "b"] },
        readBytes: 3_000_000_000,
        inputFiles: ["b.in"],
        inputSizes: [5_000_000_000],
        outputFiles: ["b.out"],
      },
    });
    // The file does not say how large its output is: nothing is said about it.
    expect(task?.executorConfig).not.toHaveProperty("outputSizes");
  });

  test("imported again, also as gzip, adds nothing and changes nothing", async () => {
    const text = JSON.stringify(wfformatDocument(diamond));
    const first = await importWfformatFile(scope, fileWith(text));
    const before = await stored(scope);
    const second = await importWfformatFile(scope, fileWith(gzipSync(text), "flow.json.gz"));
    expect(second).toEqual({ ...first, created: false });
    expect(await stored(scope)).toEqual(before);
  });

  test("imported by two at once is there once", async () => {
    const file = fileOf(wfformatDocument(diamond));
    await Promise.all([1, 2, 3].map(() => importWfformatFile(scope, file)));
    const { definitions, versions, runs, tasks } = await stored(scope);
    expect([definitions.length, versions.length, runs.length, tasks.length]).toEqual([1, 1, 1, 4]);
    expect(tasks.every((task) => task.hold === null)).toBe(true);
  });

  test("is not seen from another workspace, which may import it too", async () => {
    const file = fileOf(wfformatDocument(diamond));
    const { runId } = await importWfformatFile(scope, file);
    const other = await memberScope("owner");
    expect(await getRun(other, runId)).toBeNull();
    expect(await listRunTasks(other, runId)).toEqual([]);
    expect((await importWfformatFile(other, file)).created).toBe(true);
    expect((await listRuns(other, firstPage)).runs).toHaveLength(1);
    expect((await listRuns(scope, firstPage)).runs).toHaveLength(1);
  });
});

describe("versions", () => {
  test("runs of one graph share a version; their order in the file does not matter", async () => {
    const document = wfformatDocument(diamond);
    const again = wfformatDocument({ d: diamond.d, c: diamond.c, b: { ...diamond.b, seconds: 9 }, a: {} });
    const first = await importWfformatFile(scope, fileOf(document));
    const second = await importWfformatFile(scope, fileOf(again));
    expect(second.runId).not.toBe(first.runId);
    expect(second).toMatchObject({ workflowId: first.workflowId, versionNumber: 1 });
    const { definitions, versions, runs } = await stored(scope);
    expect([definitions.length, versions.length, runs.length]).toEqual([1, 1, 2]);
  });

  test("another graph of the same application is the next version", async () => {
    await importWfformatFile(scope, fileOf(wfformatDocument(diamond, "blue-20200401T035039Z-0")));
    const second = await importWfformatFile(
      scope,
      fileOf(wfformatDocument({ ...diamond, e: {} }, "blue-20200403T154216Z-0")),
    );
    expect(second).toMatchObject({ workflowName: "blue", versionNumber: 2 });
    const { definitions } = await stored(scope);
    expect(definitions).toMatchObject([{ name: "blue", latestVersionNumber: 2, publishedVersionNumber: 2 }]);
  });

  test("many graphs at once get a number each", async () => {
    const graphs = [1, 2, 3, 4, 5].map((size) =>
      Object.fromEntries(Array.from({ length: size }, (_, index) => [`t${index}`, {}])),
    );
    const results = await Promise.all(
      graphs.map((tasks) => importWfformatFile(scope, fileOf(wfformatDocument(tasks)))),
    );
    expect(results.map(({ versionNumber }) => versionNumber).sort()).toEqual([1, 2, 3, 4, 5]);
    expect((await stored(scope)).definitions[0]?.latestVersionNumber).toBe(5);
  });
});

describe("an import that is killed", () => {
  const child = resolve(import.meta.dirname, "../testing/killed-import.mts");

  test.each(["version", "tasks", "run", "released"])(
    "after %s shows no half-made run, and the next one completes it",
    async (step) => {
      const file = fileOf(wfformatDocument(diamond));
      const killed = spawn(
        process.execPath,
        ["--import", "tsx", "--conditions=react-server", child, scope.workspaceSlug, file, step],
        {
          env: { ...process.env, DATABASE_URL: database.url, MONGODB_DATABASE: mongo.name },
          stdio: ["ignore", "inherit", "inherit"],
        },
      );
      const [, signal] = await once(killed, "exit");
      expect(signal).toBe("SIGKILL");

      const complete = step === "run" || step === "released";
      const shown = (await listRuns(scope, firstPage)).runs;
      expect(shown).toHaveLength(complete ? 1 : 0);
      for (const run of shown) expect(await listRunTasks(scope, run.id)).toHaveLength(4);
      for (const task of (await stored(scope)).tasks) {
        expect(await listRunTasks(scope, task.workflowRunId)).toHaveLength(complete ? 4 : 0);
      }

      const result = await importWfformatFile(scope, file);
      expect(result).toMatchObject({ tasks: 4, created: step !== "released" });
      const { definitions, versions, runs, tasks } = await stored(scope);
      expect([definitions.length, versions.length, runs.length, tasks.length]).toEqual([1, 1, 1, 4]);
      expect(tasks.every((task) => task.hold === null)).toBe(true);
    },
  );
});

describe("a bad file", () => {
  async function messageOf(file: string): Promise<string> {
    const error = await importWfformatFile(scope, file).then(
      () => new Error("The file was accepted"),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AppError);
    return error instanceof AppError ? error.message : "";
  }

  test.each<[string, (document: ReturnType<typeof wfformatDocument>) => unknown, string]>([
    ["another schema version", (d) => ({ ...d, schemaVersion: "1.3" }), "schemaVersion: "],
    [
      "no tasks",
      (d) => ({ ...d, workflow: { ...d.workflow, specification: { tasks: [] } } }),
      "workflow.specification.tasks: ",
    ],
    ["another kind of document", () => [1, 2], "the document: "],
    [
      "an unreadable date",
      (d) => ({
        ...d,
        workflow: { ...d.workflow, execution: { ...d.workflow.execution, executedAt: "soon" } },
      }),
      'workflow.execution.executedAt: "soon" is not a date',
    ],
    [
      "a negative runtime",
      (d) => {
        const [task] = d.workflow.execution.tasks;
        if (task) task.runtimeInSeconds = -1;
        return d;
      },
      "workflow.execution.tasks[0].runtimeInSeconds: ",
    ],
    ["a cyclic graph", () => wfformatDocument({ a: { parents: ["b"] }, b: { parents: ["a"] } }), 'cycle: "'],
    [
      "a dangling parent",
      () => wfformatDocument({ a: { parents: ["ghost"] } }),
      'workflow.specification.tasks[0].parents[0]: "ghost" is not a task',
    ],
  ])("with %s is refused with file and place", async (_, spoil, expected) => {
    const file = fileOf(spoil(wfformatDocument(diamond)));
    const message = await messageOf(file);
    expect(message.startsWith(`${file}: `)).toBe(true);
    expect(message).toContain(expected);
    expect(message).not.toContain("\n");
  });

  test("with broken JSON is refused with line and column", async () => {
    const file = fileWith('{\n  "name": "x",\n  "workflow": ]\n}');
    expect(await messageOf(file)).toContain(`${file}: line 3, column 15: the JSON is broken`);
  });

  test("that is cut short is refused with its last line", async () => {
    const text = JSON.stringify(wfformatDocument(diamond), null, 1);
    const file = fileWith(text.slice(0, text.length / 2));
    expect(await messageOf(file)).toMatch(/: line \d+, column \d+: the JSON is broken/);
  });

  test("that is no UTF-8, a broken gzip stream, or not there is refused", async () => {
    expect(await messageOf(fileWith(Buffer.from([0x7b, 0xff, 0xfe])))).toContain("is not UTF-8 text");
    const packed = gzipSync(JSON.stringify(wfformatDocument(diamond)));
    expect(await messageOf(fileWith(packed.subarray(0, 60)))).toContain("gzip");
    expect(await messageOf("/nowhere/flow.json")).toContain("/nowhere/flow.json: ");
  });

  test("leaves what was stored before as it was", async () => {
    await importWfformatFile(scope, fileOf(wfformatDocument(diamond)));
    const before = await stored(scope);
    await messageOf(fileOf(wfformatDocument({ ...diamond, e: { parents: ["ghost"] } })));
    expect(await stored(scope)).toEqual(before);
  });
});
