"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { Panel } from "@/components/ui/panel";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { ResolvedInputs } from "@/lib/datasets/schema";
import { formatBytes, formatDuration, formatPlural } from "@/lib/format";

export interface WhatRunsProps {
  tasks: number;
  /** Which executors, and how many tasks each. */
  executors: readonly { name: string; tasks: number }[];
  /** Median of the last successful runs, when there were any. */
  typicalMs: number | null;
  /** What keeps this version from running at all. */
  problems: readonly { message: string; remedy: string }[];
  chosenCount: number;
  resolved: UseQueryResult<ResolvedInputs>;
  lacksAssets: boolean;
}

const mostProblems = 5;

/** What starting will do, in figures, and what stands in its way. */
export function WhatRuns(props: WhatRunsProps) {
  const { tasks, executors, typicalMs, problems, chosenCount, resolved, lacksAssets } = props;
  const facts = resolved.data;
  return (
    <Panel title="What will run" className="mt-4 mb-3">
      <dl className="grid grid-cols-[112px_minmax(0,1fr)] gap-y-1 py-2 [&_dt]:text-text-3">
        <dt>Tasks</dt>
        <dd>
          {formatPlural(tasks, "task")}
          <span className="text-text-3">
            {" "}
            by{" "}
            {executors
              .map(({ name, tasks: count }) => (executors.length > 1 ? `${name} (${count})` : name))
              .join(", ")}
          </span>
        </dd>
        <dt>Assets</dt>
        <dd aria-live="polite" className="min-h-5">
          {resolved.isError ? (
            <span className="text-fail-text">cannot be counted: {resolved.error.message}</span>
          ) : !facts ? (
            <span className="text-text-3">counting</span>
          ) : !facts.ok ? (
            <span className="text-fail-text">{facts.message}</span>
          ) : chosenCount === 0 ? (
            <span className="text-text-3">none</span>
          ) : (
            <>
              {formatPlural(facts.assets, "asset")}
              <span className="text-text-3">
                , each once: {formatPlural(facts.fileCount, "file")}, {formatBytes(facts.sizeBytes)}
              </span>
            </>
          )}
        </dd>
        <dt>Typical time</dt>
        <dd>
          {typicalMs === null ? (
            <span className="text-text-3">unknown: no run has succeeded in the last 30 days</span>
          ) : (
            formatDuration(typicalMs)
          )}
        </dd>
      </dl>
      {(problems.length > 0 || lacksAssets) && (
        <div role="alert" className="mb-2 border-fail-solid border-l-2 pl-3">
          <p className="flex items-center gap-2 font-semibold text-fail-text">
            <StatusGlyph tone="fail" />
            {problems.length > 0
              ? `This version cannot run: ${formatPlural(problems.length, "problem")}`
              : "Something to work on is missing"}
          </p>
          <ul className="mt-1 text-text-2">
            {problems.slice(0, mostProblems).map(({ message, remedy }) => (
              <li key={message}>
                {message} <span className="text-text-3">{remedy}</span>
              </li>
            ))}
            {problems.length > mostProblems && (
              <li className="text-text-3">and {problems.length - mostProblems} more</li>
            )}
            {problems.length === 0 && <li>Choose at least one asset or dataset above.</li>}
          </ul>
        </div>
      )}
    </Panel>
  );
}
