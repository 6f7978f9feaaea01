import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { diffGraphs, type NodeChange } from "@/lib/workflows/diff-graphs";
import type { GraphComparison } from "./schema";

const mostNames = 20;
const mostChanges = 50;
const longestValue = 200;

/** What turns the graph of A into that of B. Changes that nodes have in common are told once, with how many have them. */
export function compareGraphs(a: readonly GraphNode[], b: readonly GraphNode[]): GraphComparison {
  const { nodes, edges } = diffGraphs(a, b);
  const of = (change: NodeChange["change"]) => nodes.filter((node) => node.change === change);
  const changed = of("changed");
  const changes = inCommon(changed);
  return {
    added: named(of("added")),
    removed: named(of("removed")),
    changedNodes: changed.length,
    changes: changes.slice(0, mostChanges),
    unlisted: Math.max(0, changes.length - mostChanges),
    edgesAdded: edges.filter(({ change }) => change === "added").length,
    edgesRemoved: edges.filter(({ change }) => change === "removed").length,
  };
}

const named = (nodes: NodeChange[]) => ({
  count: nodes.length,
  names: nodes.slice(0, mostNames).map(({ name }) => name),
});

function inCommon(changed: NodeChange[]): GraphComparison["changes"] {
  const groups = new Map<string, GraphComparison["changes"][number]>();
  for (const { name, fields } of changed) {
    for (const { field, before, after } of fields) {
      const key = JSON.stringify([field, before, after]);
      const group = groups.get(key) ?? { field, before: cut(before), after: cut(after), count: 0, names: [] };
      group.count += 1;
      if (group.names.length < mostNames) group.names.push(name);
      groups.set(key, group);
    }
  }
  return [...groups.values()].sort(
    (one, other) => other.count - one.count || (one.field < other.field ? -1 : 1),
  );
}

function cut(value: string | null): string | null {
  return value !== null && value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}
