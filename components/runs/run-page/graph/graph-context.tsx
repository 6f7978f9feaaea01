"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, use, useMemo } from "react";
import { foldAbove, type GraphItem, type GraphItems, graphItems } from "@/lib/runs/graph-groups";
import { type Adjacency, adjacencyOf } from "@/lib/runs/graph-paths";
import { itemStatus, itemSummary } from "@/lib/runs/item-summary";
import { runPageParams } from "@/lib/runs/run-page-params";
import type { TaskStatus } from "@/lib/runs/status";
import { useRunPage } from "../run-page-context";

interface Graph {
  drawing: GraphItems;
  items: ReadonlyMap<string, GraphItem>;
  adjacency: Adjacency;
  /** Status of every box: of several tasks the one that asks for attention first. */
  statusOf: ReadonlyMap<string, TaskStatus>;
  /** The box of the selected task. */
  current: GraphItem | null;
  folded: boolean;
  /** Whether the filter lets a box be seen; the others stay as outlines, so that nothing moves. */
  isShown: (item: GraphItem) => boolean;
  pick: (item: GraphItem, how: "pick" | "walk") => void;
  setFolded: (folded: boolean) => void;
  toggleFold: (key: string) => void;
}

const GraphContext = createContext<Graph | null>(null);

export function GraphProvider({ children }: { children: ReactNode }) {
  const { graph, selected, passing, taskByNode, run, select } = useRunPage();
  const [{ fold, open }, setParams] = useQueryStates(runPageParams);
  const folded = fold ?? graph.nodes.length > foldAbove;
  // Memoised by hand for the reason given in RunPageProvider: the drawing depends on structure and folding alone.
  const drawing = useMemo(() => graphItems(graph, { folded, open: new Set(open) }), [graph, folded, open]);
  const items = useMemo(() => new Map(drawing.items.map((item) => [item.id, item])), [drawing]);
  const adjacency = useMemo(() => adjacencyOf(drawing.edges), [drawing]);
  const statusOf = useMemo(
    () => new Map(drawing.items.map((item) => [item.id, itemStatus(item, taskByNode)])),
    [drawing, taskByNode],
  );
  const current = selected ? (items.get(drawing.itemOf.get(selected.nodeId) ?? "") ?? null) : null;
  const value: Graph = {
    drawing,
    items,
    adjacency,
    statusOf,
    current,
    folded,
    isShown: (item) => passing === null || item.members.some((id) => passing.has(id)),
    pick: (item, how) => {
      const { lead } = itemSummary(item, taskByNode, run.asOf);
      if (lead) select(lead.id, how);
    },
    setFolded: (next) => void setParams({ fold: next, open: null }),
    toggleFold: (key) =>
      void setParams({ open: open.includes(key) ? open.filter((each) => each !== key) : [...open, key] }),
  };
  return <GraphContext value={value}>{children}</GraphContext>;
}

export function useGraph(): Graph {
  const value = use(GraphContext);
  if (!value) throw new Error("A part of the graph was used outside it.");
  return value;
}
