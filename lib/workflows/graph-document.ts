import { z } from "zod";
import type { GraphNode } from "@/lib/mongo/collections/workflows";

/*
 * A workflow as a file, and as the text of the editor. `strata` names the format; unknown fields are refused, because a
 * misspelt one would otherwise be lost without a word. docs/api.md describes it.
 */

export const graphFormat = "workflow/1";

const settings = z.record(z.string(), z.json());
const position = z.strictObject({ x: z.number(), y: z.number() });

const nodeDocument = z.strictObject({
  id: z.string(),
  /** The id, where it is left out. */
  name: z.string().optional(),
  nodeType: z.string().min(1).max(200),
  executorType: z.string().min(1).max(100),
  /** `<executor>:<node type>`, where it is left out. */
  nodeDefinitionId: z.string().min(1).max(300).optional(),
  upstreamNodeIds: z.array(z.string()).optional(),
  executorConfig: settings.optional(),
  codeHookSpec: settings.optional(),
  artifactType: z.string().max(200).optional(),
  artifactTitle: z.string().max(300).optional(),
  priority: z.int().min(-1_000).max(1_000).optional(),
  position: position.optional(),
  note: z.string().max(2_000).optional(),
});

export const workflowDocument = z.strictObject({
  strata: z.literal(graphFormat).optional(),
  name: z.string().min(1).max(120).optional(),
  nodes: z.array(nodeDocument),
});
export type WorkflowDocument = z.infer<typeof workflowDocument>;
export type NodeDocument = z.infer<typeof nodeDocument>;

/** What an author adds to a node for the eye alone. */
export interface NodeLook {
  id: string;
  x?: number;
  y?: number;
  note?: string;
}

export interface WorkflowGraphs {
  nodes: GraphNode[];
  looks: NodeLook[];
}

/** The document's nodes with everything they leave out, and apart from it what is only drawn. */
export function graphsOf({ nodes }: WorkflowDocument): WorkflowGraphs {
  return {
    nodes: nodes.map(({ position: _position, note: _note, ...node }) => ({
      ...node,
      name: node.name ?? node.id,
      nodeDefinitionId: node.nodeDefinitionId ?? definitionOf(node),
      upstreamNodeIds: node.upstreamNodeIds ?? [],
    })),
    looks: nodes.flatMap(({ id, position: at, note }) =>
      at || note ? [{ id, ...at, ...(note !== undefined && { note }) }] : [],
    ),
  };
}

/** The document of stored graphs: what can be left out is, so that reading it again gives the same graphs. */
export function documentOf(name: string, { nodes, looks }: WorkflowGraphs): WorkflowDocument {
  const lookOf = new Map(looks.map((look) => [look.id, look]));
  return {
    strata: graphFormat,
    name,
    nodes: nodes.map((node) => {
      const look = lookOf.get(node.id);
      return {
        id: node.id,
        ...(node.name !== node.id && { name: node.name }),
        nodeType: node.nodeType,
        executorType: node.executorType,
        ...(node.nodeDefinitionId !== definitionOf(node) && { nodeDefinitionId: node.nodeDefinitionId }),
        ...(node.upstreamNodeIds.length > 0 && { upstreamNodeIds: node.upstreamNodeIds }),
        ...(node.executorConfig && { executorConfig: settings.parse(node.executorConfig) }),
        ...(node.codeHookSpec && { codeHookSpec: settings.parse(node.codeHookSpec) }),
        ...(node.artifactType !== undefined && { artifactType: node.artifactType }),
        ...(node.artifactTitle !== undefined && { artifactTitle: node.artifactTitle }),
        ...(node.priority !== undefined && { priority: node.priority }),
        ...(look?.x !== undefined && look.y !== undefined && { position: { x: look.x, y: look.y } }),
        ...(look?.note !== undefined && { note: look.note }),
      };
    }),
  };
}

const definitionOf = ({ executorType, nodeType }: Pick<GraphNode, "executorType" | "nodeType">) =>
  `${executorType}:${nodeType}`;
