import { type JsonNode, parseJsonTree } from "./json-tree";

const deepest = 3;
const mostPaths = 60;

/** Paths of the single values in a row's metadata, as queries and columns write them. */
export function fieldPaths(metadataText: string): string[] {
  const tree = parseJsonTree(metadataText);
  const paths: string[] = [];
  const collect = (node: JsonNode, path: string, depth: number) => {
    for (const child of node.children) {
      if (paths.length >= mostPaths) return;
      const own = pathOf(path, node, child);
      if (child.kind !== "object" && child.kind !== "array") paths.push(own);
      else if (child.kind === "object" && depth < deepest) collect(child, own, depth + 1);
    }
  };
  if (tree?.kind === "object") collect(tree, "", 1);
  return paths;
}

/** The path of a node's child: `user.id`, `steps[0]`, `["a key"]`. */
export function pathOf(path: string, node: JsonNode, child: JsonNode): string {
  const key = child.key ?? "";
  if (node.kind === "array") return `${path}[${key}]`;
  // A key with a dot is met by its dots as well (search/metadata-path.ts); signs with a meaning of their own need quotes.
  if (key === "" || /[[\]"]/.test(key) || key.startsWith(".") || key.endsWith(".") || key.includes("..")) {
    return `${path}${path ? "." : ""}[${JSON.stringify(key)}]`;
  }
  return path ? `${path}.${key}` : key;
}
