import { createHash } from "node:crypto";
import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { canonicalJson } from "./canonical-json";

/** An id that follows from what it names: whoever derives it again, on any machine, gets the same. */
export function derivedId(prefix: string, ...parts: string[]): string {
  return `${prefix}-${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 24)}`;
}

/** Equal for equal graphs, in whatever order nodes and upstream ids are listed. */
export function graphFingerprint(nodes: GraphNode[]): string {
  const lines = nodes.map((node) =>
    JSON.stringify([
      node.id,
      node.name,
      node.nodeType,
      node.nodeDefinitionId,
      node.executorType,
      [...node.upstreamNodeIds].sort(),
      // A node without settings keeps the fingerprint it had before there were any.
      ...settingsOf(node),
    ]),
  );
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}

function settingsOf(node: GraphNode): unknown[] {
  const { executorConfig, codeHookSpec, artifactType, artifactTitle, priority } = node;
  const settings = { executorConfig, codeHookSpec, artifactType, artifactTitle, priority };
  const text = canonicalJson(settings);
  return text === "{}" ? [] : [text];
}

/** A name as it may stand in a URL. */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  return slug === "" ? "workflow" : slug;
}
