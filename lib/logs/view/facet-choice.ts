import type { MetadataCondition } from "../search/query";
import { conditionOf, conditionText } from "./search-condition";

export type Choice = "include" | "exclude" | null;

/** Which values of a field the conditions of a URL ask for and leave out. */
export function chosenValues(meta: readonly string[], path: string): Map<string, Exclude<Choice, null>> {
  const chosen = new Map<string, Exclude<Choice, null>>();
  for (const condition of meta.map(conditionOf)) {
    if (condition?.path !== path) continue;
    if (condition.op === "eq") chosen.set(condition.value, "include");
    if (condition.op === "ne") chosen.set(condition.value, "exclude");
  }
  return chosen;
}

/** The conditions with one value chosen, or no longer so. A value is never asked for and left out at the same time. */
export function withChoice(
  meta: readonly string[],
  { path, value }: Pick<MetadataCondition, "path" | "value">,
  choice: Choice,
): string[] | null {
  const kept = meta.filter((text) => {
    const condition = conditionOf(text);
    const isSame = condition?.path === path && condition.value === value;
    return !(isSame && (condition.op === "eq" || condition.op === "ne"));
  });
  const op = choice === "include" ? "eq" : "ne";
  const next = choice ? [...kept, conditionText({ path, op, value })] : kept;
  return next.length > 0 ? next : null;
}

/** Whether the fields of the conditions leave nothing of what a facet lists but the values that were picked. */
export function narrows(chosen: ReadonlyMap<string, Choice>): boolean {
  return [...chosen.values()].includes("include");
}
