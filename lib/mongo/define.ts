import type { IndexDescription, ReadPreferenceMode, WriteConcernSettings } from "mongodb";
import type { z } from "zod";

/** How long documents of a collection live, and what takes them away. */
export type Retention =
  /** Kept until somebody deletes them. */
  | { kind: "forever" }
  /** Deleted only after a verified copy lies in the object store. */
  | { kind: "archived" }
  /** Deleted by the database when `field` has passed; documents without the field stay. */
  | { kind: "ttl"; field: string };

export type CollectionIndex = IndexDescription & { name: string; key: Record<string, 1 | -1 | "text"> };

/** One collection, declared once: its documents, what the database enforces, and how it is read and written. */
export interface CollectionDefinition<S extends z.ZodObject = z.ZodObject> {
  name: string;
  /** The source document that names the fields. */
  source: string;
  schema: S;
  indexes: CollectionIndex[];
  retention: Retention;
  writeConcern: WriteConcernSettings;
  readPreference: ReadPreferenceMode;
}

export type DocumentOf<D extends CollectionDefinition> = z.output<D["schema"]> & { _id: unknown };

/** Declares a collection. Every collection reached through a scope has a `workspaceId`. */
export function defineCollection<S extends z.ZodObject>(
  definition: CollectionDefinition<S>,
): CollectionDefinition<S> {
  return definition;
}
