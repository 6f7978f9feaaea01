import { formatCount, formatPlural } from "@/lib/format";
import type { GraphComparison } from "@/lib/runs/compare/schema";

/** From A's graph to B's: nodes that came and went, and what changed in others, once for all that share it. */
export function GraphDifference({ graph }: { graph: GraphComparison }) {
  const { added, removed, changes, unlisted, edgesAdded, edgesRemoved } = graph;
  const edges = [
    ...(edgesAdded > 0 ? [`${formatPlural(edgesAdded, "edge")} added`] : []),
    ...(edgesRemoved > 0 ? [`${formatPlural(edgesRemoved, "edge")} removed`] : []),
  ];
  return (
    <section
      id="difference-graph"
      aria-label="Difference of the graphs"
      className="max-h-72 shrink-0 overflow-y-auto border-line border-b bg-canvas px-4 py-3 max-md:px-3"
    >
      <ul className="grid gap-1.5">
        {added.count > 0 && <Nodes mark="+" word="added" {...added} />}
        {removed.count > 0 && <Nodes mark="−" word="removed" {...removed} />}
        {edges.length > 0 && (
          <li className="flex gap-2">
            <Mark>±</Mark>
            {edges.join(", ")}
          </li>
        )}
        {changes.map(({ field, before, after, count, names }) => (
          <li key={`${field} ${before} ${after} ${names[0]}`} className="flex min-w-0 gap-2">
            <Mark>≠</Mark>
            <span className="min-w-0">
              <span className="font-medium">{field}</span>{" "}
              <span className="mono text-12 [overflow-wrap:anywhere]">
                {before ?? "nothing"} <span className="text-text-3">→</span> {after ?? "nothing"}
              </span>{" "}
              <span className="text-text-3">
                {count === 1 ? `in ${names[0]}` : `in ${formatCount(count)} nodes`}
              </span>
            </span>
          </li>
        ))}
        {unlisted > 0 && <li className="text-text-3">and {formatPlural(unlisted, "more change")}</li>}
      </ul>
    </section>
  );
}

interface NodesProps {
  mark: string;
  word: string;
  count: number;
  names: string[];
}

function Nodes({ mark, word, count, names }: NodesProps) {
  const more = count - names.length;
  return (
    <li className="flex min-w-0 gap-2">
      <Mark>{mark}</Mark>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="font-medium">
          {formatPlural(count, "node")} {word}
        </span>{" "}
        <span className="mono text-12">{names.join(", ")}</span>
        {more > 0 && <span className="text-text-3"> and {formatCount(more)} more</span>}
      </span>
    </li>
  );
}

/** The shape that says what happened; the word beside it says it again. */
const Mark = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="mono w-3 shrink-0 text-center text-text-2">
    {children}
  </span>
);
