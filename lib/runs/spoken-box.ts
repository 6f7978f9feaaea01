import { formatCount } from "@/lib/format";
import type { GraphItem } from "./graph-groups";
import type { Adjacency } from "./graph-paths";
import type { ItemSummary } from "./item-summary";
import { joinName } from "./task-name";

/** Neighbours that are spoken by name before the rest is counted. */
const mostNamed = 3;

/** "encode: running, 4 s; 3 upstream: probe, split, load; 2 downstream: report, merge". The canvas and its outline say the same. */
export function spokenBox(
  item: GraphItem,
  summary: ItemSummary,
  items: ReadonlyMap<string, GraphItem>,
  { up, down }: Adjacency,
): string {
  const what =
    item.members.length > 1 ? `${item.stem}, ${formatCount(item.members.length)} tasks` : joinName(item);
  const before = spokenNeighbours(up.get(item.id), items, "upstream") ?? "begins the run";
  const behind = spokenNeighbours(down.get(item.id), items, "downstream") ?? "nothing waits for it";
  return `${what}: ${summary.spoken}; ${before}; ${behind}`;
}

function spokenNeighbours(
  ids: readonly string[] | undefined,
  items: ReadonlyMap<string, GraphItem>,
  side: "upstream" | "downstream",
): string | null {
  if (!ids || ids.length === 0) return null;
  return `${formatCount(ids.length)} ${side}: ${namesOf(ids, items)}`;
}

/** "probe, split, load and 4 more" */
export function namesOf(ids: readonly string[], items: ReadonlyMap<string, GraphItem>): string {
  const named = ids.slice(0, mostNamed).map((id) => {
    const item = items.get(id);
    return item ? joinName(item) : id;
  });
  const rest = ids.length - named.length;
  return `${named.join(", ")}${rest > 0 ? ` and ${formatCount(rest)} more` : ""}`;
}
