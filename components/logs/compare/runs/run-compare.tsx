"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowLeftRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { useEffect, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Tooltip } from "@/components/ui/tooltip";
import {
  pairTemplatesOptions,
  runChoicesOptions,
  runComparisonOptions,
} from "@/lib/logs/compare/query-options";
import { runCompareParams, runCompareSearch } from "@/lib/logs/compare/run-params";
import type { RunChoices } from "@/lib/logs/compare/run-schema";
import { SideMark } from "../side-mark";
import { ComparedRuns } from "./compared-runs";
import { RunLabel } from "./run-label";
import { RunPicker } from "./run-picker";
import { RunsFailed, RunsSkeleton } from "./run-states";

interface RunCompareProps {
  workspace: string;
  run: RunChoices["runs"][number];
}

/** The logs of all tasks of two runs: which say something else, the first of them ahead. */
export function RunCompare({ workspace, run }: RunCompareProps) {
  const [params, setParams] = useQueryStates(runCompareParams);
  const router = useRouter();
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
  const swap = () => {
    if (other) router.push(`/w/${workspace}/runs/${other}/compare${runCompareSearch({ with: run.id })}`);
  };
  return (
    <>
      <div className="grid min-h-10 shrink-0 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1 md:flex md:px-4">
        <SideMark side="a" />
        <Link href={`/w/${workspace}/runs/${run.id}`} className="flex min-w-0 hover:underline">
          <RunLabel run={run} />
        </Link>
        <Tooltip text="Swap A and B">
          <Button variant="ghost" size="icon" aria-label="Swap A and B" disabled={!other} onClick={swap}>
            <ArrowLeftRight size={14} aria-hidden="true" />
          </Button>
        </Tooltip>
        <SideMark side="b" />
        <span className="flex min-w-0 max-md:col-span-2">
          {choices.data && (
            <RunPicker
              choices={choices.data}
              chosen={chosen}
              onChoose={(runId) => void setParams({ with: runId }, { history: "push" })}
            />
          )}
        </span>
      </div>
      {choices.data && other === null && (
        <EmptyState title="This workflow has no other run yet">
          <p>Its second run can be compared with this one, task by task.</p>
        </EmptyState>
      )}
      {other !== null && !comparison && !result.error && <RunsSkeleton />}
      {((result.error && !comparison) || (choices.error && !choices.data)) && (
        <RunsFailed
          error={result.error ?? choices.error}
          onRetry={() => void (result.error ? result.refetch() : choices.refetch())}
          retrying={result.isFetching || choices.isFetching}
        />
      )}
      {comparison && (
        <ComparedRuns
          workspace={workspace}
          comparison={comparison}
          templates={templates}
          failure={pairs.error}
          onGoOn={() => void (pairs.data ? pairs.fetchNextPage() : pairs.refetch())}
        />
      )}
    </>
  );
}
