"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, use, useMemo } from "react";
import { workflowPageParams } from "@/lib/workflows/search-params";
import type { VersionView, ViewNode } from "@/lib/workflows/version-view";

interface VersionContext {
  view: VersionView;
  byId: ReadonlyMap<string, ViewNode>;
  /** Nodes that wait for a node. */
  downstream: ReadonlyMap<string, readonly string[]>;
  selected: ViewNode | null;
  select: (id: string | null) => void;
}

const Context = createContext<VersionContext | null>(null);

/** The drawn version and the one selected node, which the graph, the list and the details share. */
export function VersionProvider({ view, children }: { view: VersionView; children: ReactNode }) {
  const [{ node }, setParams] = useQueryStates({ node: workflowPageParams.node });
  const byId = useMemo(() => new Map(view.nodes.map((each) => [each.id, each])), [view]);
  const downstream = useMemo(() => {
    const next = new Map<string, string[]>();
    for (const { from, to } of view.edges) {
      const known = next.get(from);
      if (known) known.push(to);
      else next.set(from, [to]);
    }
    return next;
  }, [view]);
  const selected = node === null ? null : (byId.get(node) ?? null);
  const select = (id: string | null) => void setParams({ node: id });
  return <Context value={{ view, byId, downstream, selected, select }}>{children}</Context>;
}

export function useVersion(): VersionContext {
  const context = use(Context);
  if (!context) throw new Error("A part of the version's page was drawn outside its provider");
  return context;
}
