import type { Choice } from "./facet-choice";

interface Templates {
  template: string | null;
  without: readonly string[];
}

export function templateChoice({ template, without }: Templates, text: string): Choice {
  if (template === text) return "include";
  return without.includes(text) ? "exclude" : null;
}

/** A query asks for one template at most, and leaves out any number: what is asked for replaces what was. */
export function withTemplate(
  { template, without }: Templates,
  text: string,
  choice: Choice,
): { template: string | null; without: string[] | null } {
  const left = without.filter((other) => other !== text);
  if (choice === "exclude") left.push(text);
  const asked = choice === "include" ? text : template === text ? null : template;
  return { template: asked, without: left.length > 0 ? left : null };
}
