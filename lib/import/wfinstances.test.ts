import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { csvRows } from "@/lib/demo/csv";
import { getRun, getRunGraph, listRuns, listRunTasks } from "@/lib/runs/queries";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { importWfformatFile, type WfformatImport } from "./wfformat";

const folder = resolve(import.meta.dirname, "../../../shared/data/workflows");
const present = existsSync(folder);

describe.skipIf(!present)(
  `the executed workflows of WfInstances${present ? "" : " (skipped: ../shared/data is not there)"}`,
  () => {
    testDatabase();
    testMongo();
    const index = present ? [...csvRows(readFileSync(resolve(folder, "index.csv"), "utf8"))] : [];
    const imported = new Map<string, WfformatImport>();
    let scope: WorkspaceScope;

    beforeAll(async () => {
      scope = await memberScope("editor");
      for (const { file } of index) {
        if (file)
          imported.set(file, await importWfformatFile(scope, resolve(folder, "wfinstances", `${file}.gz`)));
      }
    });

    test("all of them are in the index and import", () => {
      const files = readdirSync(resolve(folder, "wfinstances")).filter((name) => name.endsWith(".json.gz"));
      expect(files.map((name) => name.replace(/\.gz$/, "")).sort()).toEqual([...imported.keys()].sort());
    });

    test.each(index)("$file has the tasks, edges, levels and makespan that the index states", async (row) => {
      const result = imported.get(row.file ?? "");
      expect({ tasks: result?.tasks, edges: result?.edges }).toEqual({
        tasks: Number(row.tasks),
        edges: Number(row.edges),
      });
      const runId = result?.runId ?? "";
      const [run, tasks, graph] = await Promise.all([
        getRun(scope, runId),
        listRunTasks(scope, runId),
        getRunGraph(scope, runId),
      ]);
      expect(tasks).toHaveLength(Number(row.tasks));
      expect(tasks.reduce((sum, task) => sum + task.upstreamNodeIds.length, 0)).toBe(Number(row.edges));
      expect(graph?.nodes).toHaveLength(Number(row.tasks));
      expect(graph?.edges).toHaveLength(Number(row.edges));
      expect(Math.max(...(graph?.nodes ?? []).map((node) => node.level)) + 1).toBe(Number(row.levels));
      expect(run?.durationMs).toBe(Math.round(Number(row.makespan_s) * 1000));
      expect(tasks.reduce((sum, task) => sum + (task.durationMs ?? 0), 0) / 1000).toBeCloseTo(
        Number(row.task_s),
        0,
      );
      const [start = "", end = ""] = [run?.startedAt, run?.finishedAt].map((moment) => moment ?? "");
      for (const task of tasks) {
        expect((task.startedAt ?? "") >= start && (task.finishedAt ?? "~") <= end, task.nodeId).toBe(true);
      }
    });

    test("five runs of one definition share its one version", async () => {
      const runs = ["1", "2", "3", "4", "5"].map((n) => imported.get(`srasearch-chameleon-10a-00${n}.json`));
      expect(new Set(runs.map((run) => run?.workflowId)).size).toBe(1);
      expect(new Set(runs.map((run) => run?.versionNumber)).size).toBe(1);
      expect(new Set(runs.map((run) => run?.runId)).size).toBe(5);
    });

    test("another size of one application is another version of it", () => {
      const montage = ["2mass-005d", "dss-10d", "dss-15d"].map((size) =>
        imported.get(`montage-chameleon-${size}-001.json`),
      );
      expect(new Set(montage.map((run) => run?.workflowId)).size).toBe(1);
      expect(montage.map((run) => run?.versionNumber).sort()).toEqual([1, 2, 3]);
    });

    test("importing all of them again adds nothing", async () => {
      for (const [file, first] of imported) {
        const again = await importWfformatFile(scope, resolve(folder, "wfinstances", `${file}.gz`));
        expect(again, file).toEqual({ ...first, created: false });
      }
      const page = await listRuns(scope, {
        statuses: [],
        workflowId: null,
        cursor: null,
        direction: "older",
      });
      expect(page.runs).toHaveLength(index.length);
      expect(page.older).toBeNull();
    });
  },
);
