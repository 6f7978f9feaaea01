"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { useEffect, useMemo } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import {
  pairTemplatesOptions,
  runChoicesOptions,
  runComparisonOptions,
} from "@/lib/runs/compare/query-options";
import type { RunChoice } from "@/lib/runs/compare/schema";
import { runCompareParams } from "@/lib/runs/compare/search-params";
import { ComparedRuns } from "./compared-runs";
import { RunsFailed, RunsSkeleton } from "./run-states";
import { RunsHead } from "./runs-head";

/** Two runs of a workflow: what differs between them as a whole, and task by task, the first divergence ahead. */
export function RunCompare({ workspace, run }: { workspace: string; run: RunChoice }) {
  const [params] = useQueryStates(runCompareParams);
  const choices = useQuery(runChoicesOptions(workspace, run.id));
  const other = params.with ?? choices.data?.suggested ?? null;
  const result = useQuery({
    ...runComparisonOptions(workspace, run.id, other ?? ""),
    enabled: other !== null,
  });
  const pairs = useInfiniteQuery({
    ...pairTemplatesOptions(workspace, run.id, other ?? ""),
    enabled: other !== null,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = pairs;
  // One answer looks at a few hundred tasks; the next one is asked for until all were looked at.
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const templates = useMemo(
    () => new Map(pairs.data?.pages.flatMap((page) => page.pairs).map((pair) => [pair.key, pair] as const)),
    [pairs.data],
  );
  const comparison = result.data;
  const chosen = comparison?.b ?? choices.data?.runs.find(({ id }) => id === other) ?? null;
  const head = <RunsHead workspace={workspace} run={run} choices={choices.data ?? null} chosen={chosen} />;
  if (comparison) {
    return (
      <ComparedRuns
        workspace={workspace}
        head={head}
        comparison={comparison}
        templates={templates}
        failure={pairs.error}
        onGoOn={() => void (pairs.data ? pairs.fetchNextPage() : pairs.refetch())}
      />
    );
  }
  const error = result.error ?? (choices.data ? null : choices.error);
  return (
    <>
      {head}
      {choices.data && other === null && (
        <EmptyState title="This workflow has no other run yet">
          <p>Its second run can be compared with this one, task by task.</p>
        </EmptyState>
      )}
      {error ? (
        <RunsFailed
          error={error}
          onRetry={() => void (result.error ? result.refetch() : choices.refetch())}
          retrying={result.isFetching || choices.isFetching}
        />
      ) : (
        other !== null && <RunsSkeleton />
      )}
    </>
  );
}
