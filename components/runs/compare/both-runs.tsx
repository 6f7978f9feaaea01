"use client";

import { ChevronDown } from "lucide-react";
import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { inputName } from "@/components/runs/run-page/input-name";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatCount, formatDate, formatDuration, formatHourMinute, formatPlural } from "@/lib/format";
import { compareInputs } from "@/lib/runs/compare/inputs";
import type { ComparedRun, PairTemplates, RunComparison } from "@/lib/runs/compare/schema";
import { runCompareParams } from "@/lib/runs/compare/search-params";
import { changeWords, graphWords, inputWords, shareWords } from "@/lib/runs/compare/words";
import { runStatus, taskStatus, taskStatuses } from "@/lib/runs/status";
import { GraphDifference } from "./graph-difference";
import { InputsDifference } from "./inputs-difference";

interface BothRunsProps {
  comparison: RunComparison;
  templates: ReadonlyMap<string, PairTemplates>;
  waiting: number;
}

/** The runs as a whole, side by side; what differs stands out and says how, what is the same says only that. */
export function BothRuns({ comparison, templates, waiting }: BothRunsProps) {
  const { a, b, graph } = comparison;
  const [{ open }, setParams] = useQueryStates(runCompareParams);
  const inputs = compareInputs(a.inputs, b.inputs);
  const spread = (what: "inputs" | "graph", words: string | null) =>
    words && (
      <Spread
        words={words}
        open={open === what}
        controls={`difference-${what}`}
        onToggle={() => void setParams({ open: open === what ? null : what })}
      />
    );
  return (
    <>
      <table aria-label="Both runs" className="w-full shrink-0 table-fixed border-line border-b max-md:block">
        <thead className="sr-only">
          <tr>
            <th scope="col">Fact</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          <Row
            label="Outcome"
            a={<StatusBadge status={runStatus[a.status]} />}
            b={<StatusBadge status={runStatus[b.status]} />}
            difference={a.status === b.status ? null : "ended otherwise"}
          />
          <Row label="Tasks" a={countsOf(a)} b={countsOf(b)} difference={tasksDifference(a, b)} />
          <Row label="Ran" a={ranOf(a)} b={ranOf(b)} difference={durationDifference(a, b)} />
          <Row label="Started" a={<Started run={a} />} b={<Started run={b} />} difference="" />
          <Row
            label="Version"
            a={`v${a.versionNumber}`}
            b={`v${b.versionNumber}`}
            difference={a.versionNumber === b.versionNumber ? null : "another version"}
          />
          <Row
            label="Graph"
            a={formatPlural(tasksOf(a), "node")}
            b={formatPlural(tasksOf(b), "node")}
            difference={spread("graph", graphWords(graph))}
          />
          <Row
            label="Inputs"
            a={inputsOf(a)}
            b={inputsOf(b)}
            difference={spread("inputs", inputWords(inputs))}
          />
          <Row
            label="Logs"
            a={formatPlural(a.rows, "row")}
            b={formatPlural(b.rows, "row")}
            difference={logsDifference(templates, waiting)}
          />
        </tbody>
      </table>
      {open === "graph" && graphWords(graph) && <GraphDifference graph={graph} />}
      {open === "inputs" && inputWords(inputs) && <InputsDifference inputs={inputs} />}
    </>
  );
}

interface RowProps {
  label: string;
  a: ReactNode;
  b: ReactNode;
  /** Null where both are the same; nothing at all where a difference means nothing. */
  difference: ReactNode;
}

function Row({ label, a, b, difference }: RowProps) {
  const differs = difference !== null && difference !== "";
  return (
    <tr
      data-differs={differs || undefined}
      className="h-7 max-md:grid max-md:h-auto max-md:grid-cols-2 max-md:gap-x-3 max-md:px-3 max-md:py-1"
    >
      <th
        scope="row"
        className="w-28 pl-4 text-left font-normal text-text-3 max-md:col-span-2 max-md:w-auto max-md:pl-0 max-md:text-12"
      >
        {label}
      </th>
      {[a, b].map((value, side) => (
        <td
          // The two sides of a row.
          key={side === 0 ? "a" : "b"}
          className={cn("truncate pr-4 max-md:pr-0", differs ? "text-text" : "text-text-2")}
        >
          {value}
        </td>
      ))}
      <td
        className={cn(
          "truncate pr-4 max-md:col-span-2 max-md:pr-0",
          differs ? "font-medium" : "text-text-3 max-md:sr-only",
        )}
      >
        {difference ?? "the same"}
      </td>
    </tr>
  );
}

interface SpreadProps {
  words: string;
  open: boolean;
  controls: string;
  onToggle: () => void;
}

function Spread({ words, open, controls, onToggle }: SpreadProps) {
  return (
    <Button
      variant="ghost"
      size="sm"
      aria-expanded={open}
      aria-controls={open ? controls : undefined}
      onClick={onToggle}
      className="-ml-2 max-w-full font-medium"
    >
      <span className="truncate">{words}</span>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className={cn("shrink-0 text-text-3", open && "rotate-180")}
      />
    </Button>
  );
}

const tasksOf = ({ taskCounts }: ComparedRun) =>
  taskStatuses.reduce((sum, status) => sum + taskCounts[status], 0);

/** What is not zero, failures first. */
function countsOf({ taskCounts }: ComparedRun): string {
  const order = ["failed", ...taskStatuses.filter((status) => status !== "failed")] as const;
  return order
    .filter((status) => taskCounts[status] > 0)
    .map((status) => `${formatCount(taskCounts[status])} ${taskStatus[status].label.toLowerCase()}`)
    .join(", ");
}

function tasksDifference(a: ComparedRun, b: ComparedRun): string | null {
  const failed = b.taskCounts.failed - a.taskCounts.failed;
  if (failed !== 0) return `${formatCount(Math.abs(failed))} ${failed > 0 ? "more" : "fewer"} failed in B`;
  return countsOf(a) === countsOf(b) ? null : "other counts";
}

const ranOf = ({ durationMs }: ComparedRun) =>
  durationMs === null ? "not over yet" : formatDuration(durationMs);

function durationDifference(a: ComparedRun, b: ComparedRun): string | null {
  if (a.durationMs === null || b.durationMs === null) return "";
  const change = b.durationMs - a.durationMs;
  if (change === 0) return null;
  const share = a.durationMs === 0 ? "" : ` (${shareWords(change / a.durationMs)})`;
  return `${changeWords(change)}${share}`;
}

function Started({ run }: { run: ComparedRun }) {
  const at = run.startedAt ?? run.createdAt;
  return (
    <time dateTime={at}>
      {formatDate(at)}, {formatHourMinute(at)} UTC
    </time>
  );
}

function inputsOf({ inputs }: ComparedRun): string {
  if (inputs.length === 0) return "none";
  const more = inputs.length > 2 ? ` and ${inputs.length - 2} more` : "";
  return `${inputs.slice(0, 2).map(inputName).join(", ")}${more}`;
}

function logsDifference(templates: ReadonlyMap<string, PairTemplates>, waiting: number): ReactNode {
  const differing = [...templates.values()].filter(
    ({ onlyA, onlyB }) => onlyA.templates + onlyB.templates > 0,
  ).length;
  if (waiting > 0) return `${formatPlural(differing, "task")} so far, ${formatCount(waiting)} to compare`;
  if (differing === 0) return templates.size === 0 ? "" : null;
  return `${formatPlural(differing, "task says", "tasks say")} something else`;
}
