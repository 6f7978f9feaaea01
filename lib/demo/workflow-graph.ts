import type { GraphNode } from "@/lib/mongo/collections/workflows";

/** A stage of a demo workflow: one task, or several of a kind side by side. */
export interface Stage {
  id: string;
  count?: number;
  /**
   * What it waits for. "matching" pairs tasks by position (one parent may have several children and the other way
   * round), "all" waits for the whole stage.
   */
  after?: Record<string, "matching" | "all">;
  nodeType: string;
  /** What it would run on; in the demo the executor `replay` plays it. */
  runsOn: "docker" | "gpu";
  /** How long a task of it usually takes. */
  seconds: [low: number, high: number];
}

export interface DemoWorkflow {
  name: string;
  /** Slug of its project. */
  project: string;
  /** Hours between two runs. */
  everyHours: number;
  datasets: string[];
  stages: Stage[];
}

export interface DemoNode extends GraphNode {
  seconds: [low: number, high: number];
}

/** The tasks of a workflow, in an order in which they can run. */
export function nodesOf({ name, stages }: DemoWorkflow): DemoNode[] {
  const idsOf = new Map<string, string[]>();
  return stages.flatMap((stage) => {
    const count = stage.count ?? 1;
    const ids = Array.from({ length: count }, (_, index) => taskId(stage.id, index, count));
    const nodes = ids.map((id, index) => ({
      id,
      name: id,
      nodeType: stage.nodeType,
      nodeDefinitionId: `builtin:${stage.nodeType}`,
      executorType: "replay",
      executorConfig: configOf(name, stage),
      ...artifactOf(name, stage),
      upstreamNodeIds: Object.entries(stage.after ?? {}).flatMap(([parent, how]) => {
        const parents = idsOf.get(parent);
        if (!parents) throw new Error(`Stage ${stage.id} waits for ${parent}, which does not come before it`);
        return how === "all" ? parents : parents.filter((_, at) => matches(at, parents.length, index, count));
      }),
      seconds: stage.seconds,
    }));
    idsOf.set(stage.id, ids);
    return nodes;
  });
}

/** The same as a version stores them. */
export function graphOf(workflow: DemoWorkflow): GraphNode[] {
  return nodesOf(workflow).map(({ seconds: _seconds, ...node }) => node);
}

/** Of a run of thirty tasks about one in six fails somewhere. */
const failureRate = 0.006;

/** How long such a task takes and how it fails, for whoever plays it; what it would run in, for whoever reads it. */
function configOf(workflow: string, { nodeType, runsOn, seconds: [low, high] }: Stage) {
  return {
    durationMs: 500 * (low + high),
    spread: Math.round(((high - low) / (high + low)) * 1_000) / 1_000,
    failureRate,
    image: `containers.invalid/${workflow}/${nodeType}`,
    ...(runsOn === "gpu" ? { cpu: 8, memoryGiB: 32, gpu: 1 } : { cpu: 2, memoryGiB: 4 }),
  };
}

function artifactOf(workflow: string, { id, nodeType }: Stage) {
  if (nodeType !== "publish" && nodeType !== "report") return {};
  return { artifactType: "delivery package", artifactTitle: `${workflow} ${id}` };
}

function taskId(stage: string, index: number, count: number): string {
  return count === 1 ? stage : `${stage}-${String(index + 1).padStart(String(count).length, "0")}`;
}

function matches(parent: number, parents: number, child: number, children: number): boolean {
  return parents >= children
    ? Math.floor((parent * children) / parents) === child
    : Math.floor((child * parents) / children) === parent;
}
