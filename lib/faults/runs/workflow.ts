import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import type { Random } from "@/lib/seeded-random";
import { executor } from "./cast";

/** A workflow with one published version. Gives its id. */
export async function publishWorkflow(scope: WorkspaceScope, nodes: GraphNode[]): Promise<string> {
  const workflowId = `workflow-${scope.workspaceId}`;
  const common = { projectId: `project-${scope.workspaceId}`, createdBy: "faults", createdAt: new Date() };
  const store = scoped(scope);
  await store.collection(workflowDefinitions).insertOne({
    ...common,
    _id: workflowId,
    name: "faults",
    slug: "faults",
    status: "active",
    latestVersionNumber: 1,
    publishedVersionNumber: 1,
    updatedAt: new Date(),
  });
  await store.collection(workflowDefinitionVersions).insertOne({
    ...common,
    _id: `${workflowId}.1`,
    workflowDefinitionId: workflowId,
    versionNumber: 1,
    visualGraph: {},
    logicGraph: {},
    runtimeGraph: { nodes },
    pluginRefs: [],
    summary: {},
  });
  return workflowId;
}

/** Three to six nodes; their order is an order of the graph. */
export function randomGraph(random: Random): GraphNode[] {
  return Array.from({ length: random.whole(3, 6) }, (_, node) => ({
    id: `n${node}`,
    name: `n${node}`,
    nodeType: "work",
    nodeDefinitionId: "faults:work",
    executorType: executor,
    upstreamNodeIds: Array.from({ length: node }, (_, before) => `n${before}`).filter(() =>
      random.chance(0.45),
    ),
    // Priorities that differ: who is claimed first is the seed's choice and not a matter of milliseconds.
    priority: random.whole(0, 9) * 10 + node,
  }));
}
