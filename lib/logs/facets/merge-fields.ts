import type { TemplateSource } from "../patterns/row-figures";
import { rowsOf } from "../patterns/row-figures";
import { rankOf } from "./known-fields";
import type { Facet } from "./schema";

/** A longer list is none to choose from, even with a search in it. */
const mostValues = 200;
const mostFacets = 24;

interface Sum {
  rows: number;
  values: Map<string, number>;
  /** What is listed in stretches that have other values as well: whatever is not, may be among those. */
  partial: Set<string>[];
}

/** The fields of all stretches as one list of facets: well-known ones first, then those that most rows have. */
export function mergeFields(sources: readonly TemplateSource[]): Facet[] {
  const sums = new Map<string, Sum>();
  for (const { facets } of sources) {
    for (const { path, rows, values } of facets?.fields ?? []) {
      let sum = sums.get(path);
      if (!sum) {
        sum = { rows: 0, values: new Map(), partial: [] };
        sums.set(path, sum);
      }
      sum.rows += rows;
      let listed = 0;
      for (const { value, count } of values) {
        listed += count;
        sum.values.set(value, (sum.values.get(value) ?? 0) + count);
      }
      if (listed < rows) sum.partial.push(new Set(values.map(({ value }) => value)));
    }
  }
  return [...sums]
    .map(([path, sum]) => facetOf(path, sum, sources))
    .filter(isChoice)
    .sort((a, b) => rankOf(a.path) - rankOf(b.path) || b.rows - a.rows || (a.path < b.path ? -1 : 1))
    .slice(0, mostFacets);
}

function facetOf(path: string, { rows, values, partial }: Sum, sources: readonly TemplateSource[]): Facet {
  const uncounted = sources
    .filter(
      ({ facets }) => !facets || (!facets.complete && !facets.fields.some((field) => field.path === path)),
    )
    .reduce((sum, source) => sum + rowsOf(source), 0);
  const isExact = (value: string) => uncounted === 0 && partial.every((listed) => listed.has(value));
  const listed = [...values]
    .map(([value, count]) => ({ value, count, exact: isExact(value) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues);
  return {
    path,
    rows,
    values: listed,
    other: rows - listed.reduce((sum, { count }) => sum + count, 0),
    uncounted,
  };
}

/** Ids differ in every row, and what most rows have in none of the values is no choice either. */
function isChoice({ rows, values, other }: Facet): boolean {
  const inList = rows - other;
  return values.length > 0 && inList * 2 >= rows && (values.length <= 10 || values.length * 2 <= inList);
}
