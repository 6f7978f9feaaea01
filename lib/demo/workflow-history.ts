import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { ensureProject } from "@/lib/projects/mutations";
import { ensureWorkflowVersion } from "@/lib/workflows/mutations";
import { sizeOf } from "@/lib/workflows/stored-graphs";
import { projectOf } from "./runs";
import { type DemoWorkflow, graphOf } from "./workflow-graph";
import { demoWorkflows } from "./workflows";

const dayMs = 86_400_000;

/** What a workflow of the demo was before it got its present shape: stages that it did not have yet. */
const history: Readonly<Record<string, { without: string[]; note: string; daysAgo: number }[]>> = {
  "genome-align": [
    { without: ["mark-duplicates", "joint-genotype"], note: "First version", daysAgo: 58 },
    { without: ["joint-genotype"], note: "Marks duplicates before variants are called", daysAgo: 31 },
  ],
  "doc-embed": [{ without: ["verify-index"], note: "First version", daysAgo: 44 }],
  "nightly-train": [
    { without: ["balance", "compare"], note: "First version", daysAgo: 52 },
    { without: ["balance"], note: "Compares with the model in use", daysAgo: 26 },
  ],
};

/** The versions before the present ones, so that there is something to compare. Before any run is made. */
export async function placeHistory(scope: WorkspaceScope, anchor: Date): Promise<void> {
  for (const workflow of demoWorkflows) {
    for (const { without, note, daysAgo } of history[workflow.name] ?? []) {
      const nodes = graphOf(withoutStages(workflow, without));
      await place(scope, {
        ...workflow,
        nodes,
        note,
        createdAt: new Date(anchor.getTime() - daysAgo * dayMs),
      });
    }
  }
  const asIs = { name: "asset-intake", project: "platform" };
  for (const [at, nodes] of intakeVersions.entries()) {
    const createdAt = new Date(anchor.getTime() - (20 - at * 8) * dayMs);
    const note = at === 0 ? "First version" : "Writes a report on what it found";
    await place(scope, { ...asIs, nodes, note, createdAt });
  }
}

interface Placed {
  name: string;
  project: string;
  nodes: GraphNode[];
  note: string;
  createdAt: Date;
}

async function place(
  scope: WorkspaceScope,
  { name, project, nodes, note, createdAt }: Placed,
): Promise<void> {
  await ensureWorkflowVersion(scope, {
    projectId: await ensureProject(scope, projectOf(project)),
    name,
    nodes,
    summary: { source: "demo", note, ...sizeOf(nodes) },
    createdBy: "demo",
    createdAt,
  });
}

/** The workflow as if these stages had never been: what waited for one waits for what that one waited for. */
function withoutStages(workflow: DemoWorkflow, names: readonly string[]): DemoWorkflow {
  const stages = names.reduce((kept, name) => {
    const gone = kept.find(({ id }) => id === name);
    return kept
      .filter((stage) => stage !== gone)
      .map((stage) => {
        const { [name]: how, ...rest } = stage.after ?? {};
        return how === undefined ? stage : { ...stage, after: { ...gone?.after, ...rest } };
      });
  }, workflow.stages);
  return { ...workflow, stages };
}

/** Runs in the console's own worker, on whatever assets one binds it to. */
const intake = (id: string, nodeType: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  name: id,
  nodeType,
  nodeDefinitionId: `builtin:${nodeType}`,
  executorType: "builtin",
  upstreamNodeIds: [],
  ...more,
});
const looked: GraphNode[] = [
  intake("look-into", "probe"),
  intake("settle", "sleep", { upstreamNodeIds: ["look-into"], executorConfig: { durationMs: 2_000 } }),
];
const intakeVersions: GraphNode[][] = [
  looked,
  [
    ...looked.map((node) =>
      node.id === "settle" ? { ...node, executorConfig: { durationMs: 1_000 } } : node,
    ),
    intake("report", "report", {
      upstreamNodeIds: ["look-into", "settle"],
      artifactType: "quality report",
      artifactTitle: "What the assets hold",
    }),
  ],
];
