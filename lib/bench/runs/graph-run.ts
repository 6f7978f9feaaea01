import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { createRuns, type NewTask } from "@/lib/runs/create";
import { seededRandom } from "@/lib/seeded-random";
import { newRunOf, newTaskOf } from "@/lib/testing/run-documents";

export interface GraphRun {
  runId: string;
  /** Queued tasks that wait for nothing: what the bench lets workers take. */
  rootIds: string[];
}

const kinds = ["split", "align", "sort", "call", "filter", "merge", "report"];
const roots = 20;

/**
 * A run that goes on: some roots are queued, half of the rest has succeeded, everything behind waits. Layers of like tasks,
 * each waiting for up to three of the layer before, as in the recorded workflows.
 */
export async function makeGraphRun(
  scope: WorkspaceScope,
  tasks: number,
  seed: number,
  name = `graph-${tasks}`,
): Promise<GraphRun> {
  const random = seededRandom(`${name} ${seed}`);
  const runId = `bench-${name}-${scope.workspaceSlug}`;
  const began = Date.now() - 3_600_000;
  const width = Math.max(roots + 4, Math.ceil(Math.sqrt(tasks) * 1.5));
  const made: NewTask[] = [];
  const nodeId = (index: number) => `n${String(index).padStart(5, "0")}`;
  for (let index = 0; index < tasks; index++) {
    const layer = Math.floor(index / width);
    const before = layer === 0 ? [] : parentsOf(index, layer, width, random.whole);
    const ended = index >= roots && index < tasks / 2;
    const startedMs = began + layer * 60_000 + random.whole(0, 30_000);
    const ranMs = random.whole(1_000, 90_000);
    made.push(
      newTaskOf(runId, nodeId(index), {
        nodeName: `${kinds[layer % kinds.length]}_ID${String(index).padStart(7, "0")}`,
        upstreamNodeIds: before.map(nodeId),
        status: ended ? "succeeded" : index < roots ? "queued" : "pending",
        queuedAt: index < tasks / 2 ? new Date(startedMs - random.whole(100, 20_000)) : null,
        ...(ended && {
          fence: 3,
          startedAt: new Date(startedMs),
          finishedAt: new Date(startedMs + ranMs),
          durationMs: ranMs,
        }),
        createdAt: new Date(began),
      }),
    );
  }
  await createRuns(scope, [
    newRunOf(runId, made, { status: "running", startedAt: new Date(began), createdAt: new Date(began) }),
  ]);
  return { runId, rootIds: made.slice(0, roots).map(({ _id }) => _id) };
}

function parentsOf(
  index: number,
  layer: number,
  width: number,
  whole: (from: number, to: number) => number,
): number[] {
  const first = (layer - 1) * width;
  const own = first + (index % width);
  const wanted = [own, ...Array.from({ length: whole(0, 2) }, () => own + whole(-3, 3))];
  return [...new Set(wanted)].filter((parent) => parent >= Math.max(roots, first) && parent < first + width);
}
