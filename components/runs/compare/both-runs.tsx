"use client";

import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { inputName } from "@/components/runs/run-page/input-name";
import { StatusBadge } from "@/components/ui/status-badge";
import { formatDate, formatDuration, formatHourMinute, formatPlural } from "@/lib/format";
import { compareInputs } from "@/lib/runs/compare/inputs";
import type { ComparedRun, PairTemplates, RunComparison } from "@/lib/runs/compare/schema";
import { runCompareParams } from "@/lib/runs/compare/search-params";
import {
  countDifferenceWords,
  countWords,
  durationDifferenceWords,
  graphWords,
  inputWords,
} from "@/lib/runs/compare/words";
import { runStatus, taskStatuses } from "@/lib/runs/status";
import { FactRow, Spread } from "./fact-row";
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
        <thead className="max-md:sr-only">
          <tr className="h-8 text-left align-bottom [&_th]:eyebrow">
            <th scope="col" className="w-28 pl-4">
              <span className="sr-only">Fact</span>
            </th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody className="max-md:block max-md:py-1.5 [&>tr:last-child>*]:md:pb-1.5 [&>tr:last-child]:md:h-8.5">
          <FactRow
            label="Outcome"
            a={<StatusBadge status={runStatus[a.status]} />}
            b={<StatusBadge status={runStatus[b.status]} />}
            difference={a.status === b.status ? null : "ended otherwise"}
          />
          <FactRow
            label="Tasks"
            a={countWords(a)}
            b={countWords(b)}
            difference={countDifferenceWords(a, b)}
          />
          <FactRow label="Ran" a={ranOf(a)} b={ranOf(b)} difference={durationDifferenceWords(a, b)} />
          <FactRow label="Started" a={<Started run={a} />} b={<Started run={b} />} difference="" />
          <FactRow
            label="Version"
            a={`v${a.versionNumber}`}
            b={`v${b.versionNumber}`}
            difference={a.versionNumber === b.versionNumber ? null : "another version"}
          />
          <FactRow
            label="Graph"
            a={formatPlural(tasksOf(a), "node")}
            b={formatPlural(tasksOf(b), "node")}
            difference={spread("graph", graphWords(graph))}
          />
          <FactRow
            label="Inputs"
            a={inputsOf(a)}
            b={inputsOf(b)}
            difference={spread("inputs", inputWords(inputs))}
          />
          <FactRow
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

const tasksOf = ({ taskCounts }: ComparedRun) =>
  taskStatuses.reduce((sum, status) => sum + taskCounts[status], 0);

const ranOf = ({ durationMs }: ComparedRun) =>
  durationMs === null ? "not over yet" : formatDuration(durationMs);

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
  if (waiting > 0) {
    const left = `${formatPlural(waiting, "task")} to compare`;
    return differing === 0
      ? left
      : `${formatPlural(differing, "task differs", "tasks differ")} so far, ${left}`;
  }
  if (differing === 0) return templates.size === 0 ? "" : null;
  return `${formatPlural(differing, "task says", "tasks say")} something else`;
}
