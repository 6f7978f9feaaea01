/**
 * Fields that platforms for AI and data work write most, in the order in which a list of fields shows them. Anything else
 * keeps its own name. Producers spell a few of them in several ways.
 */
const known: readonly { title: string; names: readonly string[] }[] = [
  { title: "Task", names: ["task", "taskName", "node_name"] },
  {
    title: "Source",
    names: ["source", "SourceName", "component", "service", "service.name", "service_name"],
  },
  { title: "Type", names: ["type", "kind", "eventType"] },
  { title: "Model", names: ["model", "modelName", "gen_ai.request.model"] },
  { title: "User", names: ["user", "userId", "user.id", "enduser.id"] },
  { title: "Node", names: ["node", "host", "hostname", "host.name", "Hostname"] },
  { title: "Stream", names: ["stream", "log.iostream"] },
];

const places = new Map(
  known.flatMap(({ title, names }, place) => names.map((name) => [name, { title, place }])),
);

/** The last key of a path: `labels.app` and `attributes["host.name"]` are known by it as well. */
function keyOf(path: string): string {
  const quoted = /\["((?:[^"\\]|\\.)*)"\]$/.exec(path)?.[1];
  return quoted ?? path.slice(path.lastIndexOf(".") + 1);
}

/** What people call a field; null for one that only its producer knows. */
export function titleOf(path: string): string | null {
  return places.get(keyOf(path))?.title ?? null;
}

/** Smaller comes first. */
export function rankOf(path: string): number {
  return places.get(keyOf(path))?.place ?? known.length;
}
