"use client";

import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { useScreen } from "@/components/runs/run-page/use-screen";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { ToggleGroup } from "@/components/ui/toggle-group";
import { formatCount, formatPlural } from "@/lib/format";
import { runCompareParams } from "@/lib/logs/compare/run-params";
import type { PairTemplates, RunComparison } from "@/lib/logs/compare/run-schema";
import { type RunVerdict, verdictOfRuns } from "@/lib/logs/compare/run-verdict";
import { explorerSearch } from "@/lib/logs/search-params";
import { describeFailure } from "../../describe-failure";
import { pairName } from "./pair-columns";
import { PairTable } from "./pair-table";

interface ComparedRunsProps {
  workspace: string;
  comparison: RunComparison;
  templates: ReadonlyMap<string, PairTemplates>;
  /** Why not all tasks could be looked at. */
  failure: Error | null;
  onGoOn: () => void;
}

export function ComparedRuns({ workspace, comparison, templates, failure, onGoOn }: ComparedRunsProps) {
  const [{ q, all }, setParams] = useQueryStates(runCompareParams);
  const phone = useScreen() === "phone";
  const verdict = useMemo(() => verdictOfRuns(comparison, templates), [comparison, templates]);
  const { different, verdicts, first, waiting } = verdict;
  const wanted = q.trim().toLowerCase();
  const listed = (all ? comparison.tasks : different).filter(
    ({ name, key }) => wanted === "" || `${name} ${key}`.toLowerCase().includes(wanted),
  );
  const rows = listed.map((pair) => ({
    pair,
    templates: templates.get(pair.key),
    verdict: verdicts.get(pair.key) ?? ("waiting" as const),
    first: pair.key === first?.key,
  }));
  return (
    <>
      <Lead workspace={workspace} comparison={comparison} verdict={verdict} />
      {comparison.a.workflowId !== comparison.b.workflowId && (
        <Notice tone="warn" className="shrink-0 border-t-0 px-4">
          B is a run of another workflow ({comparison.b.workflowName}), so few tasks will be the same.
        </Notice>
      )}
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
          {formatPlural(waiting, "task")} could not be compared: {describeFailure(failure)}
        </Notice>
      )}
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-1.5 max-md:px-3">
        <ToggleGroup
          label="Which tasks"
          value={all ? "all" : "different"}
          onValueChange={(value) => void setParams({ all: value === "all" || null })}
          options={[
            { value: "different", label: `Different ${formatCount(different.length)}` },
            { value: "all", label: `All ${formatCount(comparison.tasks.length)}` },
          ]}
        />
        <Input
          type="search"
          aria-label="Find a task"
          placeholder="Find a task"
          value={q}
          onChange={(event) => void setParams({ q: event.target.value || null })}
          className="w-52 max-md:w-full"
        />
        <p className="text-12 text-text-3 md:ml-auto">
          {formatCount(comparison.a.rows)} rows in A, {formatCount(comparison.b.rows)} in B
        </p>
      </div>
      {rows.length > 0 ? (
        <PairTable workspace={workspace} rows={rows} phone={phone} />
      ) : (
        <NoPairs
          searched={q.trim()}
          waiting={waiting}
          onClear={() => void setParams({ q: null })}
          onAll={all ? null : () => void setParams({ all: true })}
        />
      )}
    </>
  );
}

function Lead({
  workspace,
  comparison,
  verdict,
}: {
  workspace: string;
  comparison: RunComparison;
  verdict: RunVerdict;
}) {
  const { different, first, waiting } = verdict;
  const { tasks } = comparison;
  const looked = tasks.length - waiting;
  const [a, b] = [first?.a?.episodeId, first?.b?.episodeId];
  return (
    <div className="flex min-h-11 shrink-0 items-center gap-2 border-line border-b px-4 py-1.5 max-md:flex-wrap max-md:px-3">
      <StatusGlyph
        tone={waiting > 0 ? "run" : different.length > 0 ? "warn" : "ok"}
        shape={waiting > 0 ? "turning" : undefined}
      />
      <p role="status" className="min-w-0 grow">
        <b className="font-semibold">
          {waiting > 0
            ? `Compared ${formatCount(looked)} of ${formatPlural(tasks.length, "task")}`
            : different.length === 0
              ? `All ${formatPlural(tasks.length, "task")} say the same`
              : `${formatCount(different.length)} of ${formatPlural(tasks.length, "task")} differ`}
        </b>
        {waiting > 0 && `, ${formatCount(different.length)} differ so far`}
        {first && (
          <>
            ; the first by start is <span className="mono">{pairName(first)}</span>
          </>
        )}
        .
      </p>
      {first && a && b && (
        <Button asChild variant="primary">
          <Link
            href={`/w/${workspace}/logs/${encodeURIComponent(a)}${explorerSearch({ view: "compare", with: b })}`}
          >
            Open first divergence
          </Link>
        </Button>
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
        title={`No task has “${searched}” in its name`}
        actions={<Button onClick={onClear}>Clear the search</Button>}
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
          : "Every task ended the same way, and its log says the same, whatever its values and times."}
      </p>
    </EmptyState>
  );
}
