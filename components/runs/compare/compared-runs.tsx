"use client";

import { useQueryStates } from "nuqs";
import { type ReactNode, useMemo, useRef } from "react";
import { describeFailure } from "@/components/logs/describe-failure";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { formatPlural } from "@/lib/format";
import { inOrder } from "@/lib/runs/compare/order";
import type { PairTemplates, RunComparison } from "@/lib/runs/compare/schema";
import { runCompareParams } from "@/lib/runs/compare/search-params";
import { verdictOfRuns } from "@/lib/runs/compare/verdict";
import { BothRuns } from "./both-runs";
import { DivergenceStrip } from "./divergence-strip";
import type { PairRow } from "./pair-cells";
import { PairTable } from "./pair-table";
import { PairToolbar } from "./pair-toolbar";

interface ComparedRunsProps {
  workspace: string;
  head: ReactNode;
  comparison: RunComparison;
  templates: ReadonlyMap<string, PairTemplates>;
  /** Why not all logs could be looked at. */
  failure: Error | null;
  onGoOn: () => void;
}

/** Everything in one scroller: what differs as a whole first, then the tasks, whose tools and heads stay in view. */
export function ComparedRuns(props: ComparedRunsProps) {
  const { workspace, head, comparison, templates, failure, onGoOn } = props;
  const [{ q, all, sort, turned }, setParams] = useQueryStates(runCompareParams);
  const scroller = useRef<HTMLDivElement>(null);
  const verdict = useMemo(() => verdictOfRuns(comparison, templates), [comparison, templates]);
  const { different, verdicts, first, waiting } = verdict;
  const rows = useMemo(() => {
    const wanted = q.trim().toLowerCase();
    const listed = (all ? comparison.tasks : different).filter(
      ({ name, key }) => wanted === "" || `${name} ${key}`.toLowerCase().includes(wanted),
    );
    return inOrder(listed, verdicts, { sort, turned }).flatMap((pair): PairRow[] => {
      const found = verdicts.get(pair.key);
      if (!found) return [];
      return [{ pair, verdict: found, templates: templates.get(pair.key), first: pair.key === first?.key }];
    });
  }, [comparison.tasks, different, verdicts, templates, first, q, all, sort, turned]);
  return (
    <div ref={scroller} className="flex min-h-0 grow flex-col overflow-y-auto">
      {head}
      {comparison.a.workflowId !== comparison.b.workflowId && (
        <Notice tone="warn" className="shrink-0 border-t-0 px-4">
          B is a run of another workflow ({comparison.b.workflowName}), so few tasks will be the same.
        </Notice>
      )}
      <BothRuns comparison={comparison} templates={templates} waiting={waiting} />
      <DivergenceStrip
        workspace={workspace}
        comparison={comparison}
        verdict={verdict}
        templates={templates}
      />
      {failure && (
        <Notice
          tone="fail"
          className="shrink-0 border-t-0 px-4"
          action={
            <Button size="sm" onClick={onGoOn}>
              Go on
            </Button>
          }
        >
          The logs of {formatPlural(waiting, "task")} could not be compared: {describeFailure(failure)}
        </Notice>
      )}
      <PairToolbar different={different.length} total={comparison.tasks.length} waiting={waiting} />
      {rows.length > 0 ? (
        <PairTable workspace={workspace} comparison={comparison} rows={rows} scroller={scroller} />
      ) : (
        <NoPairs
          searched={q.trim()}
          waiting={waiting}
          onClear={() => void setParams({ q: null })}
          onAll={all ? null : () => void setParams({ all: true })}
        />
      )}
    </div>
  );
}

interface NoPairsProps {
  searched: string;
  waiting: number;
  onClear: () => void;
  onAll: (() => void) | null;
}

function NoPairs({ searched, waiting, onClear, onAll }: NoPairsProps) {
  if (searched) {
    return (
      <EmptyState
        title={`No task ${onAll ? "that differs " : ""}has “${searched}” in its name`}
        actions={
          <>
            <Button onClick={onClear}>Clear the search</Button>
            {onAll && <Button onClick={onAll}>Search in all tasks</Button>}
          </>
        }
      />
    );
  }
  return (
    <EmptyState
      title={waiting > 0 ? "No difference found so far" : "No task differs"}
      actions={onAll && <Button onClick={onAll}>Show all tasks</Button>}
    >
      <p>
        {waiting > 0
          ? "The logs of the other tasks are being compared."
          : "Every task ended the same way and took about as long, and its log says the same."}
      </p>
    </EmptyState>
  );
}
