import { type LogLevel, logLevels } from "../level";
import { parsePath } from "../search/metadata-path";
import {
  type LogQuery,
  logQueryFrom,
  logQueryParams,
  type MetadataCondition,
  parseQuery,
} from "../search/query";

/** `eq:user.id:42` as a condition; null for what is none. */
export function conditionOf(text: string): MetadataCondition | null {
  const query = parsed(new URLSearchParams([["meta", text]]));
  return query?.metadata[0] ?? null;
}

/** A condition as the URL has it. */
export function conditionText(condition: MetadataCondition): string {
  return logQueryParams({ ...parseQuery({}), metadata: [condition] }).get("meta") ?? "";
}

/** What somebody may mean who types a field and a value: `user.id:42`, `user.id=42`, `-user.id:42`, `level:error`. */
export type Typed = { kind: "meta"; condition: MetadataCondition } | { kind: "level"; level: LogLevel };

export function typedCondition(text: string): Typed | null {
  const [, not, path = "", value = ""] =
    /^\s*(-?)([\p{L}_$[][^\s:=]*)\s*(?::(?!\/\/)|=)\s*(\S(?:.*\S)?)\s*$/u.exec(text) ?? [];
  if (!path || !value || !parsePath(path)) return null;
  const level = logLevels.find((name) => name === value.toLowerCase());
  if (path === "level" && level && !not) return { kind: "level", level };
  const bare = /^"(.*)"$/.exec(value)?.[1] ?? value;
  return { kind: "meta", condition: { path, op: not ? "ne" : "eq", value: bare } };
}

function parsed(params: URLSearchParams): LogQuery | null {
  try {
    return logQueryFrom(params);
  } catch {
    return null;
  }
}
