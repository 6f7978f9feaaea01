import type { z } from "zod";
import { checkGraph } from "./check-graph";
import {
  documentOf,
  graphsOf,
  type WorkflowDocument,
  type WorkflowGraphs,
  workflowDocument,
} from "./graph-document";
import { type GraphProblem, type GraphSurroundings, graphProblem, maxProblems } from "./graph-problem";
import { lineAt, scanJson } from "./json-places";

/** A problem with the line of the text it stands in. */
export interface PlacedProblem extends GraphProblem {
  line: number | null;
}

export type GraphReading =
  | { ok: true; document: WorkflowDocument; graphs: WorkflowGraphs }
  | { ok: false; problems: PlacedProblem[] };

/** A version is one document of the store, and so is a run of it: with this much text both stay far below what one may hold. */
export const maxGraphCharacters = 4_000_000;

/** The text of a workflow, checked whole: the browser says while one types what the server says when one saves. */
export function readGraphText(text: string, around: GraphSurroundings = {}): GraphReading {
  if (text.length > maxGraphCharacters) {
    const message = `The text has ${text.length.toLocaleString("en")} characters; ${maxGraphCharacters.toLocaleString("en")} are the most.`;
    return refused([
      { ...graphProblem("too_large", message, "Split the workflow into several."), line: null },
    ]);
  }
  const scan = scanJson(text);
  if (!scan.ok) {
    const message = `This is not JSON: line ${scan.line}, column ${scan.column}. ${scan.message}`;
    return refused([
      { ...graphProblem("not_json", message, "Mend it there."), place: "text", line: scan.line },
    ]);
  }
  const parsed = workflowDocument.safeParse(JSON.parse(text));
  if (!parsed.success) {
    return refused(
      parsed.error.issues
        .slice(0, maxProblems)
        .flatMap(shapeProblems)
        .map((problem) => ({
          ...problem,
          line: lineAt(scan.lineOf, problem.place),
        })),
    );
  }
  const graphs = graphsOf(parsed.data);
  const problems = checkGraph(graphs.nodes, around);
  if (problems.length === 0) return { ok: true, document: parsed.data, graphs };
  return refused(problems.map((problem) => ({ ...problem, line: lineAt(scan.lineOf, problem.place) })));
}

export function writeGraphText(name: string, graphs: WorkflowGraphs): string {
  return `${JSON.stringify(documentOf(name, graphs), null, 2)}\n`;
}

function refused(problems: PlacedProblem[]): GraphReading {
  return { ok: false, problems };
}

function shapeProblems(issue: z.core.$ZodIssue): GraphProblem[] {
  const place = issue.path.reduce<string>(
    (path, step) =>
      typeof step === "number" ? `${path}[${step}]` : path === "" ? String(step) : `${path}.${String(step)}`,
    "",
  );
  const named = place === "" ? "The whole" : place;
  const problem = (message: string, remedy: string, at = place): GraphProblem => ({
    code: "wrong_shape",
    place: at,
    nodeIds: [],
    message,
    remedy,
  });
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const remedy = "Remove it, or mend its spelling.";
      return problem(
        `${named} has a field “${key}” that a workflow does not know.`,
        remedy,
        place ? `${place}.${key}` : key,
      );
    });
  if (issue.code === "invalid_type" && issue.input === undefined)
    return [problem(`${named} is missing.`, `Add it: a ${issue.expected}.`)];
  return [problem(`${named}: ${issue.message}.`, "Mend it there.")];
}
