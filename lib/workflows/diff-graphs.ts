import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { canonicalJson } from "./canonical-json";

/** A field of a node that differs; values as JSON, null where there is none. */
export interface FieldChange {
  /** `executorConfig.url`, `name`. */
  field: string;
  before: string | null;
  after: string | null;
}

export type Change = "added" | "removed" | "changed";

export interface NodeChange {
  id: string;
  name: string;
  change: Change;
  /** Of a changed node; the edges of a node are told by themselves. */
  fields: FieldChange[];
}

export interface EdgeChange {
  from: string;
  to: string;
  change: "added" | "removed";
}

export interface GraphDiff {
  nodes: NodeChange[];
  edges: EdgeChange[];
  /** Nodes and edges that are in both and equal. */
  sameNodes: number;
  sameEdges: number;
}

const fieldsOfNode = [
  "name",
  "nodeType",
  "nodeDefinitionId",
  "executorType",
  "executorConfig",
  "codeHookSpec",
  "artifactType",
  "artifactTitle",
  "priority",
] as const satisfies readonly (keyof GraphNode)[];

/**
 * What turns graph `before` into graph `after`: nodes by id, edges by their ends. Removed first, then in the order of the
 * graph after. Linear in both graphs.
 */
export function diffGraphs(before: readonly GraphNode[], after: readonly GraphNode[]): GraphDiff {
  const old = new Map(before.map((node) => [node.id, node]));
  const now = new Map(after.map((node) => [node.id, node]));
  const nodes: NodeChange[] = [];
  let sameNodes = 0;
  for (const { id, name } of old.values())
    if (!now.has(id)) nodes.push({ id, name, change: "removed", fields: [] });
  for (const node of now.values()) {
    const was = old.get(node.id);
    const fields = was ? fieldChanges(was, node) : [];
    if (was && fields.length === 0) sameNodes += 1;
    else nodes.push({ id: node.id, name: node.name, change: was ? "changed" : "added", fields });
  }
  const edges: EdgeChange[] = [];
  let sameEdges = 0;
  for (const node of old.values()) {
    const kept = new Set(now.get(node.id)?.upstreamNodeIds);
    for (const from of new Set(node.upstreamNodeIds)) {
      if (kept.has(from)) sameEdges += 1;
      else edges.push({ from, to: node.id, change: "removed" });
    }
  }
  for (const node of now.values()) {
    const had = new Set(old.get(node.id)?.upstreamNodeIds);
    for (const from of new Set(node.upstreamNodeIds))
      if (!had.has(from)) edges.push({ from, to: node.id, change: "added" });
  }
  return { nodes, edges, sameNodes, sameEdges };
}

function fieldChanges(before: GraphNode, after: GraphNode): FieldChange[] {
  return fieldsOfNode.flatMap((field) => valueChanges(field, before[field], after[field]));
}

/** Objects are compared key by key, so that one setting that differs is told as one. */
function valueChanges(field: string, before: unknown, after: unknown): FieldChange[] {
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) => leafChange(`${field}.${key}`, before[key], after[key]));
  }
  return leafChange(field, before, after);
}

function leafChange(field: string, before: unknown, after: unknown): FieldChange[] {
  const change = { field, before: textOf(before), after: textOf(after) };
  return change.before === change.after ? [] : [change];
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : canonicalJson(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
