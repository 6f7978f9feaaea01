import type { Document } from "mongodb";

/*
 * What a scoped collection turns away. These are mistakes of the program, never of a person: each throws.
 */

/** Stages that could leave the workspace or write past the scope, also inside `$facet` and other sub-pipelines. */
const leavingStages = ["$lookup", "$graphLookup", "$unionWith", "$out", "$merge"];

export function refuseLeaving(value: unknown): void {
  visit(value, (key) => {
    if (!leavingStages.includes(key)) return;
    throw new Error(`${key} can leave the workspace; read the other collection through its own scope.`);
  });
}

/** Stages of an update that name the fields they write; the others replace the whole document. */
const fieldStages = ["$set", "$addFields", "$unset"];

/** An update must not give a document to another workspace. */
export function refuseMove(update: Document | Document[]): void {
  if (Array.isArray(update)) {
    for (const stage of update) {
      const replacing = Object.keys(stage).find((name) => !fieldStages.includes(name));
      if (replacing) throw new Error(`${replacing} could replace the workspaceId; use $set and $unset.`);
      refuseOwnerIn(stage);
    }
  } else refuseOwnerIn(update);
}

function refuseOwnerIn(operators: Document): void {
  for (const [operator, fields] of Object.entries(operators)) {
    const names = [fields].flat().flatMap((each) => (typeof each === "string" ? [each] : pathsOf(each)));
    if (operator === "$rename" && typeof fields === "object")
      names.push(...Object.values(fields).map(String));
    if (names.some((name) => name === "workspaceId" || name.startsWith("workspaceId."))) {
      throw new Error(`${operator} would change workspaceId, which no document ever changes.`);
    }
  }
}

function pathsOf(fields: unknown): string[] {
  return fields && typeof fields === "object" ? Object.keys(fields) : [];
}

/** The driver would match `undefined` as null, or drop it and match everything. */
export function refuseUndefined(value: unknown, path: string): void {
  if (value === undefined) throw new Error(`${path} is undefined; a filter needs a value.`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuseUndefined(item, `${path}[${index}]`);
  } else if (isPlain(value)) {
    for (const [key, item] of Object.entries(value)) refuseUndefined(item, `${path}.${key}`);
  }
}

function visit(value: unknown, each: (key: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, each);
  } else if (isPlain(value)) {
    for (const [key, item] of Object.entries(value)) {
      each(key);
      visit(item, each);
    }
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
