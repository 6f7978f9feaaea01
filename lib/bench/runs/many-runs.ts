import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { NewRun } from "@/lib/runs/create";
import type { RunStatus } from "@/lib/runs/status";
import { seededRandom } from "@/lib/seeded-random";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";
import type { Bench } from "../goal";

const batch = 5_000;
const lanes = 2;
const everyMs = 20_000;
export const benchProject = (index: number) => `bench-project-${index % 4}`;

const made = new WeakMap<Bench, Map<number, Promise<WorkspaceScope>>>();

/** A workspace with this many runs that are over; made once for each size in a run of the bench. */
export function manyRuns(bench: Bench, runs: number): Promise<WorkspaceScope> {
  const sizes = made.get(bench) ?? new Map<number, Promise<WorkspaceScope>>();
  made.set(bench, sizes);
  const known = sizes.get(runs) ?? makeRuns(bench, runs);
  sizes.set(runs, known);
  return known;
}

async function makeRuns(bench: Bench, runs: number): Promise<WorkspaceScope> {
  const scope = await bench.workspace();
  const store = scoped(scope).collection(workflowRuns);
  const random = seededRandom(`runs ${bench.seed}`);
  const now = Date.now();
  const since = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < runs) {
      bench.signal.throwIfAborted();
      const start = next;
      next = Math.min(runs, start + batch);
      const documents = Array.from({ length: next - start }, (_, index) =>
        runAt(scope, start + index, now, random.next()),
      );
      await store.insertMany(documents, { ordered: false });
      if (start % 100_000 === 0)
        bench.note(`${start.toLocaleString("en")} of ${runs.toLocaleString("en")} runs`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const rate = Math.round(runs / ((performance.now() - since) / 1_000));
  bench.note(`${runs.toLocaleString("en")} runs stored, ${rate.toLocaleString("en")} a second`);
  return scope;
}

const tasks = [newTaskOf("any", "prepare"), newTaskOf("any", "train", { upstreamNodeIds: ["prepare"] })];
const template = newRunOf("any", tasks).run;

function runAt(
  scope: WorkspaceScope,
  index: number,
  now: number,
  chance: number,
): NewRun & { workspaceId: string } {
  const createdAt = new Date(now - index * everyMs);
  const startedAt = new Date(createdAt.getTime() + 700);
  const durationMs = 20_000 + Math.round(chance * 400_000);
  const status: RunStatus = chance < 0.06 ? "failed" : chance < 0.08 ? "cancelled" : "succeeded";
  return {
    ...template,
    _id: `run-${scope.workspaceId.slice(-12)}${index.toString(16).padStart(12, "0")}`,
    workspaceId: scope.workspaceId,
    projectId: `${scope.workspaceId}-${benchProject(index)}`,
    workflowDefinitionId: `workflow-${(index * 7) % 40}`,
    workflowName: `robot-grasp-${(index * 7) % 40}`,
    workflowVersionNumber: 1 + (index % 14),
    triggeredBy: index % 3 === 0 ? "schedule" : "Ines Okafor",
    inputBindings: [{ kind: "dataset", id: `dataset-robot-grasp-${index % 9}` }],
    status,
    taskCounts: {
      ...template.taskCounts,
      pending: 0,
      queued: 0,
      succeeded: status === "failed" ? 1 : 2,
      failed: status === "failed" ? 1 : 0,
    },
    startedAt,
    finishedAt: new Date(startedAt.getTime() + durationMs),
    durationMs,
    createdAt,
    updatedAt: new Date(startedAt.getTime() + durationMs),
  };
}
