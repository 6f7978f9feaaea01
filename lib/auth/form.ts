import "server-only";
import type { z } from "zod";
import type { ActionState } from "./action-state";
import { sentences } from "./failure";

type Parsed<T> = { ok: true; input: T } | Extract<ActionState, { ok: false }>;

/** FormData through a schema: errors by field, and what was typed, to show again. */
export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  form: FormData,
): Parsed<z.output<Schema>> {
  // PostgreSQL cannot hold this character in a text: it would be a driver error deep below.
  if ([...form.values()].some((value) => typeof value === "string" && value.includes("\u0000"))) {
    return { ok: false, code: "bad_input", message: "The form holds a character that cannot be stored." };
  }
  const result = schema.safeParse(fieldsOf(form));
  if (result.success) return { ok: true, input: result.data };
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const name = issue.path.join(".") || "form";
    fields[name] ??= issue.message;
  }
  return { ok: false, code: "bad_input", message: sentences.bad_input, fields, values: typedValues(form) };
}

/** A name that occurs more than once is a list; React's own fields ($ACTION_…) are not the form's. */
function fieldsOf(form: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const values = form.getAll(name);
    fields[name] = values.length > 1 ? values : values[0];
  }
  return fields;
}

const secretName = /password|secret|token|key/i;

/** The words typed, without what must not travel back: secrets, files, and texts too long to be worth it. */
export function typedValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (name.startsWith("$ACTION") || secretName.test(name) || typeof value !== "string") continue;
    if (value.length <= 4000) values[name] = value;
  }
  return values;
}
