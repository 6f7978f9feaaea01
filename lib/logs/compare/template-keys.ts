import { maskMessage } from "../templates/mask";
import { TemplateIndex } from "../templates/template-index";
import type { Comparison } from "./schema";

/** What a message says apart from its values. Two messages with the same key stand side by side. */
export type TemplateKey = (message: string) => string;

/**
 * Keys by the templates of a comparison, by the rule that its divergence was found by: a message of no known template stands
 * for itself, with its values masked.
 */
export function templateKeys({
  onlyA,
  onlyB,
  both,
}: Pick<Comparison, "onlyA" | "onlyB" | "both">): TemplateKey {
  // The most frequent first, as on the server: where two templates fit a message, both sides must choose the same.
  const templates = [...onlyA, ...onlyB, ...both].sort(
    (one, other) => other.a + other.b - (one.a + one.b) || (one.template < other.template ? -1 : 1),
  );
  const index = new TemplateIndex(templates);
  return (message) => {
    const masked = maskMessage(message);
    return index.of(masked)?.template ?? masked;
  };
}
