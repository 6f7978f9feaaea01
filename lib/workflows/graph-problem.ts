/** Something that keeps a graph from running: where it is, what is wrong, and what to do. */
export interface GraphProblem {
  code:
    | "not_json"
    | "wrong_shape"
    | "empty"
    | "too_many_nodes"
    | "too_many_edges"
    | "too_large"
    | "bad_id"
    | "duplicate_id"
    | "dangling_edge"
    | "self_edge"
    | "repeated_edge"
    | "cycle"
    | "unknown_executor"
    | "unknown_node_type"
    | "unknown_definition"
    | "missing_setting"
    | "missing_input"
    | "more";
  /** Where in the text of the graph: `nodes[3].upstreamNodeIds[0]`. */
  place: string;
  /** The nodes concerned, for the drawing. */
  nodeIds: string[];
  message: string;
  remedy: string;
}

/** More problems than this help nobody; the last one says how many are left out. */
export const maxProblems = 100;

export interface GraphSurroundings {
  /** `definitionId` of the custom nodes there are. Without it, nodes that name one are not looked up. */
  customNodes?: ReadonlySet<string>;
}

/** A problem of the graph as a whole. */
export function graphProblem(code: GraphProblem["code"], message: string, remedy: string): GraphProblem {
  return { code, place: "nodes", nodeIds: [], message, remedy };
}

export function bounded(problems: GraphProblem[]): GraphProblem[] {
  if (problems.length <= maxProblems) return problems;
  const left = problems.length - maxProblems + 1;
  const more = graphProblem("more", `${left} more problems are not listed.`, "Mend these first.");
  return [...problems.slice(0, maxProblems - 1), more];
}

/** An id in a sentence, however long it is. */
export function shown(id: string): string {
  return id.length > 60 ? `“${id.slice(0, 40)}…${id.slice(-12)}”` : `“${id}”`;
}
