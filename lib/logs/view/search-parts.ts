import type { QueryParams } from "../explorer-query";
import type { MetadataCondition, metadataOps } from "../search/query";
import { conditionOf, conditionText } from "./search-condition";

/** A part of a query as a chip says it. */
export interface QueryPart {
  id: string;
  name: string;
  op: string;
  value: string;
  /** What kind of thing it is, for who wants to change it. */
  part:
    | { kind: "level" }
    | { kind: "meta"; text: string; condition: MetadataCondition | null }
    | { kind: "template" | "without"; template: string };
  /** What the part of the URL is without it. */
  rest: { level: [] } | { meta: string[] } | { template: null } | { without: string[] };
}

export const opWords: Record<(typeof metadataOps)[number], string> = {
  eq: "is",
  ne: "is not",
  contains: "has",
  exists: "is there",
};

/** What the query line shows as chips, in the order of the URL; text and time have a place of their own. */
export function queryParts({ level, meta, template, without }: QueryParams): QueryPart[] {
  const parts: QueryPart[] = [];
  if (level.length > 0) {
    const value = level.length > 2 ? `${level[0]} +${level.length - 1}` : level.join(" or ");
    parts.push({
      id: "level",
      name: "level",
      op: "is",
      value,
      part: { kind: "level" },
      rest: { level: [] },
    });
  }
  meta.forEach((text, index) => {
    const condition = conditionOf(text);
    parts.push({
      id: `meta ${text}`,
      name: condition?.path ?? "metadata",
      op: condition ? opWords[condition.op] : "?",
      value: condition ? condition.value : text,
      part: { kind: "meta", text, condition },
      rest: { meta: meta.filter((_, i) => i !== index) },
    });
  });
  if (template) {
    const part = { kind: "template", template } as const;
    parts.push({
      id: "template",
      name: "template",
      op: "is",
      value: template,
      part,
      rest: { template: null },
    });
  }
  without.forEach((left, index) => {
    parts.push({
      id: `without ${left}`,
      name: "template",
      op: "is not",
      value: left,
      part: { kind: "without", template: left },
      rest: { without: without.filter((_, i) => i !== index) },
    });
  });
  return parts;
}

/** The conditions of a URL with one put in the place of another, or behind them; the same one is not there twice. */
export function withCondition(
  meta: readonly string[],
  condition: MetadataCondition,
  replaced?: string,
): string[] {
  const text = conditionText(condition);
  const changed =
    replaced === undefined ? [...meta, text] : meta.map((old) => (old === replaced ? text : old));
  return [...new Set(changed)];
}
