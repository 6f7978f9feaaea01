"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, use, useMemo } from "react";
import { type Adjacency, adjacencyOf } from "@/lib/runs/graph-paths";
import { workflowPageParams } from "@/lib/workflows/search-params";
import type { VersionView, ViewNode } from "@/lib/workflows/version-view";

interface VersionContext {
  view: VersionView;
  byId: ReadonlyMap<string, ViewNode>;
  adjacency: Adjacency;
  selected: ViewNode | null;
  select: (id: string | null) => void;
}

const Context = createContext<VersionContext | null>(null);

/** The drawn version and the one selected node, which the graph, the list and the details share. */
export function VersionProvider({ view, children }: { view: VersionView; children: ReactNode }) {
  const [{ node }, setParams] = useQueryStates({ node: workflowPageParams.node });
  const byId = useMemo(() => new Map(view.nodes.map((each) => [each.id, each])), [view]);
  const adjacency = useMemo(() => adjacencyOf(view.edges), [view]);
  const selected = node === null ? null : (byId.get(node) ?? null);
  const select = (id: string | null) => void setParams({ node: id });
  return <Context value={{ view, byId, adjacency, selected, select }}>{children}</Context>;
}

export function useVersion(): VersionContext {
  const context = use(Context);
  if (!context) throw new Error("A part of the version's page was drawn outside its provider");
  return context;
}
