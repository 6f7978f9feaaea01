"use client";

import { type DehydratedState, HydrationBoundary, hashKey } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useMemo } from "react";
import { unpackRun } from "@/lib/runs/packed";
import { runKeys } from "@/lib/runs/query-options";
import type { RunGraph } from "@/lib/runs/schema";

const RunGraphContext = createContext<RunGraph | null>(null);

interface RunBoundaryProps {
  workspace: string;
  runId: string;
  /** The run as the server read it, by `packRun`, and when. */
  packed: string;
  readAt: number;
  /** What else the server read for this page. */
  state: DehydratedState;
  children: ReactNode;
}

/** Hands what the server read over to the page: the run into the cache, where it goes on changing, its graph as it is. */
export function RunBoundary({ workspace, runId, packed, readAt, state, children }: RunBoundaryProps) {
  const { graph, hydrated } = useMemo(() => {
    const run = unpackRun(packed);
    const queryKey = runKeys.state(workspace, runId);
    const query: DehydratedState["queries"][number] = {
      queryKey,
      queryHash: hashKey(queryKey),
      dehydratedAt: readAt,
      state: {
        data: run.state,
        dataUpdateCount: 1,
        dataUpdatedAt: readAt,
        error: null,
        errorUpdateCount: 0,
        errorUpdatedAt: 0,
        fetchFailureCount: 0,
        fetchFailureReason: null,
        fetchMeta: null,
        isInvalidated: false,
        status: "success",
        fetchStatus: "idle",
      },
    };
    return { graph: run.graph, hydrated: { ...state, queries: [...state.queries, query] } };
  }, [workspace, runId, packed, readAt, state]);
  return (
    <HydrationBoundary state={hydrated}>
      <RunGraphContext value={graph}>{children}</RunGraphContext>
    </HydrationBoundary>
  );
}

/** The graph of the run that the page shows. */
export function useRunGraph(): RunGraph {
  const graph = use(RunGraphContext);
  if (!graph) throw new Error("A part of the run page was used outside it.");
  return graph;
}
