import { z } from "zod";
import { AppError } from "@/lib/errors";
import { logLevels } from "../level";
import { parsePath } from "./metadata-path";
import { compilePattern } from "./pattern";

/** How `text` is meant. All three ignore case. */
export const searchModes = ["text", "word", "regex"] as const;
export const metadataOps = ["eq", "ne", "contains", "exists"] as const;

export const metadataCondition = z.object({
  /** `user.id`, `steps[0].name`, `["a key"]`: keys of objects and indexes of arrays, from the metadata's top on. */
  path: z.string().min(1).max(300),
  op: z.enum(metadataOps),
  /**
   * eq: the whole value, as it is written, or another one that is asked for at the same path; ne: any other value, or none at
   * all; contains: a part of it, in any case. Not used by exists.
   */
  value: z.string().max(1000).default(""),
});
export type MetadataCondition = z.infer<typeof metadataCondition>;

const moment = z.iso.datetime({ offset: true }).nullable().default(null);

/** What a reader looks for in an episode. A row is a hit when it meets every part; an empty part asks for nothing. */
export const logQuery = z
  .object({
    levels: z.array(z.enum(logLevels)).max(logLevels.length).default([]),
    /** By the row's own timestamp: `from` is the first moment wanted, `to` the first one not wanted any more. */
    time: z.object({ from: moment, to: moment }).default({ from: null, to: null }),
    /** Sought in the message and in the text of the metadata (searchable-text.ts). */
    text: z.string().max(1000).default(""),
    mode: z.enum(searchModes).default("text"),
    metadata: z.array(metadataCondition).max(20).default([]),
    /** The text of a message template, `<*>` where values stand. */
    template: z.string().max(2000).nullable().default(null),
    /** Templates whose rows are left out. */
    without: z.array(z.string().min(1).max(2000)).max(20).default([]),
  })
  .superRefine(({ text, mode, metadata }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const pattern = mode === "regex" ? compilePattern(text) : null;
    if (pattern && !pattern.ok) refuse(["text"], pattern.message);
    for (const [index, { path }] of metadata.entries()) {
      if (!parsePath(path))
        refuse(["metadata", String(index), "path"], "A path looks like user.id or steps[0].name.");
    }
  });
export type LogQuery = z.infer<typeof logQuery>;
/** A query of which only the parts that ask for something are written. */
export type LogQueryInput = z.input<typeof logQuery>;

/**
 * The query of a URL: `levels=error,fatal`, `since=` and `until=` (ISO times), `text=`, `mode=text|word|regex`,
 * `template=`, and any number of `without=<template>` and `meta=<op>:<path>:<value>`. What is wrong is refused by its name: a
 * silent default would show other rows.
 */
export function logQueryFrom(params: URLSearchParams): LogQuery {
  return parseQuery({
    levels: (params.get("levels") ?? "").split(",").filter(Boolean),
    time: { from: params.get("since") || null, to: params.get("until") || null },
    text: params.get("text") ?? "",
    mode: params.get("mode") ?? undefined,
    metadata: params.getAll("meta").map(conditionFrom),
    template: params.get("template") || null,
    without: params.getAll("without").filter(Boolean),
  });
}

/** The same query as URL parameters; parts that ask for nothing are left out. */
export function logQueryParams(query: LogQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (query.levels.length > 0) params.set("levels", query.levels.join(","));
  if (query.time.from !== null) params.set("since", query.time.from);
  if (query.time.to !== null) params.set("until", query.time.to);
  if (query.text !== "") params.set("text", query.text);
  if (query.mode !== "text") params.set("mode", query.mode);
  for (const { op, path, value } of query.metadata) {
    params.append("meta", op === "exists" ? `${op}:${path}` : `${op}:${path}:${value}`);
  }
  if (query.template !== null) params.set("template", query.template);
  for (const template of query.without) params.append("without", template);
  return params;
}

export function parseQuery(input: unknown): LogQuery {
  const parsed = logQuery.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_input", `${issue?.path.join(".")}: ${issue?.message}`);
}

/**
 * The conditions a row must meet, of each group one: several values of one path are alternatives, since no row has two of
 * them there.
 */
export function alternatives(conditions: readonly MetadataCondition[]): MetadataCondition[][] {
  const groups = new Map<string, MetadataCondition[]>();
  for (const [place, condition] of conditions.entries()) {
    const group = condition.op === "eq" ? `eq ${condition.path}` : String(place);
    groups.set(group, [...(groups.get(group) ?? []), condition]);
  }
  return [...groups.values()];
}

/** True when every row is a hit. */
export function asksForNothing(query: LogQuery): boolean {
  const { levels, time, text, metadata, template, without } = query;
  const everyLevel = levels.length === 0 || logLevels.every((name) => levels.includes(name));
  const everyTime = time.from === null && time.to === null;
  const conditions = metadata.length + without.length;
  return everyLevel && everyTime && text === "" && conditions === 0 && !template;
}

function conditionFrom(text: string): unknown {
  const op = text.slice(0, Math.max(0, text.indexOf(":")));
  const rest = text.slice(op.length + 1);
  // A quoted key may hold a colon of its own.
  const path = /^(?:\["(?:[^"\\]|\\.)*"\]|[^:])*/.exec(rest)?.[0] ?? "";
  return { op, path, value: rest.slice(path.length + 1) };
}
