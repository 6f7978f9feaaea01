import "server-only";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { startRun } from "@/lib/runs/start";
import type { World } from "../../world";
import { publishWorkflow } from "../workflow";

export interface FlowOptions {
  tasks?: number;
  /** Share of tasks that fail at their first attempt. */
  failing?: number;
  /** How long a task works at most. */
  mostMs?: number;
}

/** A graph of what the console can do by itself: short pauses, nodes that fail now and then, a report of all at the end. */
export function flowOf({ random }: World, { tasks = 8, failing = 0, mostMs = 60 }: FlowOptions): GraphNode[] {
  const common = { executorType: "builtin", priority: 0 };
  const nodes = Array.from({ length: tasks }, (_, index): GraphNode => {
    const id = `n${index}`;
    const before = Array.from({ length: index }, (_, earlier) => `n${earlier}`).filter(() =>
      random.chance(0.3),
    );
    const fails = random.chance(failing);
    return {
      ...common,
      id,
      name: id,
      nodeType: fails ? "fail" : "sleep",
      nodeDefinitionId: fails ? "builtin:fail" : "builtin:sleep",
      upstreamNodeIds: before,
      // At a rate below one an attempt after the first has a chance.
      executorConfig: fails
        ? { rate: 0.7, seed: random.whole(1, 1e6) }
        : { durationMs: random.whole(Math.ceil(mostMs / 2), mostMs) },
    };
  });
  return [
    ...nodes,
    {
      ...common,
      id: "report",
      name: "report",
      nodeType: "report",
      nodeDefinitionId: "builtin:report",
      upstreamNodeIds: nodes.map(({ id }) => id),
    },
  ];
}

/** Runs of one new workflow; their ids. */
export async function startRuns(world: World, count: number, options: FlowOptions = {}): Promise<string[]> {
  const nodes = flowOf(world, options);
  world.choose("tasks", nodes.length);
  const workflowId = await publishWorkflow(world.scope, nodes);
  const runIds: string[] = [];
  for (let index = 0; index < count; index++) {
    const started = await startRun(world.scope, {
      workflowId,
      inputBindings: [],
      idempotencyKey: `faults ${world.seed} ${index}`,
    });
    if (!started.ok) throw new Error(started.message);
    runIds.push(started.runId);
  }
  return runIds;
}
