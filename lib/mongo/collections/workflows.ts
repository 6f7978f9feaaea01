import { z } from "zod";
import { date, int32 } from "../bson-schema";
import { defineCollection } from "../define";
import { emboflowCollection } from "./emboflow-fields";

export const workflowDefinitions = defineCollection({
  ...emboflowCollection,
  name: "workflow_definitions",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    name: z.string(),
    slug: z.string(),
    status: z.enum(["draft", "active", "archived"]),
    latestVersionNumber: int32(),
    publishedVersionNumber: int32().nullable(),
    createdBy: z.string(),
    createdAt: date(),
    updatedAt: date(),
  }),
  indexes: [
    // one workflow per slug in a project; also the slug lookup of a workflow page
    { name: "projectId_1_slug_1", key: { projectId: 1, slug: 1 }, unique: true },
    // workflows of a workspace, latest change first
    { name: "workspaceId_1_updatedAt_-1", key: { workspaceId: 1, updatedAt: -1 } },
    // the list of workflows by name, by keyset
    { name: "workspaceId_1_name_1__id_1", key: { workspaceId: 1, name: 1, _id: 1 } },
  ],
});

/** A node of a workflow graph: what runs, with which settings, after which other nodes. */
export const graphNode = z.object({
  id: z.string(),
  name: z.string(),
  nodeType: z.string(),
  nodeDefinitionId: z.string(),
  executorType: z.string(),
  upstreamNodeIds: z.array(z.string()),
  /** Settings of the executor: a URL, a command, a duration. Frozen with the version, handed to whoever runs the task. */
  executorConfig: z.record(z.string(), z.unknown()).optional(),
  /** Code of the node's author that the executor runs around the task; recorded here, never run by the console. */
  codeHookSpec: z.record(z.string(), z.unknown()).optional(),
  artifactType: z.string().optional(),
  artifactTitle: z.string().optional(),
  /** Of tasks that wait for a worker the higher ones go first; 0 when absent. */
  priority: int32().optional(),
});

export const runtimeGraph = z.object({ nodes: z.array(graphNode) });
export type GraphNode = z.infer<typeof graphNode>;

export const workflowDefinitionVersions = defineCollection({
  ...emboflowCollection,
  name: "workflow_definition_versions",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workflowDefinitionId: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    versionNumber: int32(),
    /** What the editor draws; positions and notes. */
    visualGraph: z.record(z.string(), z.unknown()),
    /** Dependencies by node id, free of any executor. */
    logicGraph: z.record(z.string(), z.unknown()),
    /** What a run copies into its `runtimeSnapshot`. */
    runtimeGraph,
    pluginRefs: z.array(z.string()),
    summary: z.record(z.string(), z.unknown()),
    createdBy: z.string(),
    createdAt: date(),
  }),
  indexes: [
    // the versions of a workflow; two writers cannot both make version n
    {
      name: "workflowDefinitionId_1_versionNumber_1",
      key: { workflowDefinitionId: 1, versionNumber: 1 },
      unique: true,
    },
  ],
});
