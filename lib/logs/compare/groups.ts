import type { TemplateGroups } from "../patterns/groups";
import type { TemplateCount } from "../templates/drain";
import type { FirstSequences } from "./first-rows";
import type { ComparedTemplate } from "./schema";

/** A stretch of rows with the templates they are of, as the archive or a look at MongoDB knows them. */
interface CountedRows {
  templates: readonly TemplateCount[];
}

export interface ComparedRows {
  onlyA: ComparedTemplate[];
  onlyB: ComparedTemplate[];
  both: ComparedTemplate[];
  firstSequences: FirstSequences;
}

/** The templates of two sides, counted by the groups they share: only here, only there, on both. */
export function compareTemplates(
  groups: TemplateGroups,
  a: readonly CountedRows[],
  b: readonly CountedRows[],
): ComparedRows {
  const [sideA, sideB] = [countBy(groups, a), countBy(groups, b)];
  const templates = groups.templates.map(({ id, template }): ComparedTemplate => {
    const [inA, inB] = [sideA.counts.get(template) ?? 0, sideB.counts.get(template) ?? 0];
    return { id, template, a: inA, b: inB, first: null };
  });
  return {
    onlyA: templates.filter((found) => found.a > 0 && found.b === 0).sort((one, other) => other.a - one.a),
    onlyB: templates.filter((found) => found.b > 0 && found.a === 0).sort((one, other) => other.b - one.b),
    both: templates.filter((found) => found.a > 0 && found.b > 0).sort(byDifference),
    firstSequences: { a: sideA.firsts, b: sideB.firsts },
  };
}

function countBy(groups: TemplateGroups, stretches: readonly CountedRows[]) {
  const counts = new Map<string, number>();
  const firsts = new Map<string, bigint>();
  for (const { template, count, firstSequence } of stretches.flatMap(({ templates }) => templates)) {
    const group = groups.of(template)?.template ?? template;
    counts.set(group, (counts.get(group) ?? 0) + count);
    const known = firsts.get(group);
    if (known === undefined || firstSequence < known) firsts.set(group, firstSequence);
  }
  return { counts, firsts };
}

function byDifference(one: ComparedTemplate, other: ComparedTemplate): number {
  const difference = Math.abs(other.a - other.b) - Math.abs(one.a - one.b);
  return difference || other.a + other.b - (one.a + one.b) || (one.template < other.template ? -1 : 1);
}
