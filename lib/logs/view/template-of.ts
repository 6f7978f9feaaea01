import { maskMessage } from "../templates/mask";
import { TemplateIndex } from "../templates/template-index";

/** The template that a message is counted under among those of its episode; null for a rare one. */
export function templateOf<T extends { template: string }>(
  message: string,
  templates: readonly T[],
): T | null {
  return new TemplateIndex(templates).of(maskMessage(message));
}
