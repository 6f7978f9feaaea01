/** What a browser may draw without running anything: no SVG and no HTML, which carry scripts. */
const images = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
const texts = new Set([
  "application/json",
  "application/ld+json",
  "application/x-ndjson",
  "application/yaml",
  "application/x-yaml",
  "application/xml",
  "application/toml",
  "application/sql",
]);

export type ArtifactKind = "json" | "text" | "image" | "none";

/** How an artifact can be shown, by its media type. */
export function artifactKind(contentType: string | null): ArtifactKind {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (images.has(type)) return "image";
  if (type === "application/json" || type.endsWith("+json")) return "json";
  return type.startsWith("text/") || texts.has(type) || type.endsWith("+xml") ? "text" : "none";
}
