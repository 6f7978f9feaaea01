import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { Collection, Db, IndexDescriptionInfo } from "mongodb";
import { toValidator } from "./bson-schema";
import { mongoDatabase } from "./client";
import { allCollections } from "./collections/all";
import type { CollectionDefinition } from "./define";
import { isMissingCollection } from "./errors";
import { refuseExpiry } from "./refuse-expiry";

/** A difference between a declaration and the database that `ensureCollections` does not settle by itself. */
export interface Drift {
  collection: string;
  /** An index that exists under the declared name with another definition, or that nobody declared. */
  index: string;
  problem: "differs" | "undeclared";
}

export interface EnsureReport {
  created: string[];
  indexesCreated: number;
  validatorsUpdated: string[];
  drift: Drift[];
}

/**
 * Brings the database to what `lib/mongo/collections` declares: creates missing collections, indexes and validators.
 * Safe to repeat and to run twice at once. Never drops anything: what differs is reported for a person to decide.
 */
export async function ensureCollections(
  db: Db = mongoDatabase(),
  definitions: CollectionDefinition[] = allCollections,
): Promise<EnsureReport> {
  await refuseExpiry(db);
  const report: EnsureReport = { created: [], indexesCreated: 0, validatorsUpdated: [], drift: [] };
  const present = new Map(
    (await db.listCollections({}, { nameOnly: false }).toArray()).map((found) => [found.name, found]),
  );
  for (const definition of definitions) {
    const found = present.get(definition.name);
    // Indexes first: they make the collection, and on a collection that does not exist yet every engine builds them
    // at once, while some queue builds on one that does.
    await ensureIndexes(db, definition, report);
    if (!found) report.created.push(definition.name);
    const validator = toValidator(definition.schema);
    if (!isDeepStrictEqual(found && "options" in found ? found.options?.validator : undefined, validator)) {
      await db.command({
        collMod: definition.name,
        validator,
        validationLevel: "strict",
        validationAction: "error",
      });
      if (found) report.validatorsUpdated.push(definition.name);
    }
  }
  return report;
}

async function ensureIndexes(db: Db, definition: CollectionDefinition, report: EnsureReport): Promise<void> {
  const collection = db.collection(definition.name);
  const existing = new Map((await existingIndexes(collection)).map((index) => [index.name, index]));
  const missing = definition.indexes.filter((index) => !existing.has(index.name));
  if (missing.length > 0) {
    await collection.createIndexes(missing);
    report.indexesCreated += missing.length;
  }
  for (const declared of definition.indexes) {
    const found = existing.get(declared.name);
    if (found && !sameIndex(declared, found)) {
      report.drift.push({ collection: definition.name, index: declared.name, problem: "differs" });
    }
  }
  const declaredNames = new Set(["_id_", ...definition.indexes.map((index) => index.name)]);
  for (const name of existing.keys()) {
    if (name && !declaredNames.has(name)) {
      report.drift.push({ collection: definition.name, index: name, problem: "undeclared" });
    }
  }
}

async function existingIndexes(collection: Collection): Promise<IndexDescriptionInfo[]> {
  try {
    return await collection.indexes();
  } catch (error) {
    if (isMissingCollection(error)) return [];
    throw error;
  }
}

interface IndexShape {
  key: object;
  unique?: boolean | null;
  expireAfterSeconds?: number | bigint | null;
  partialFilterExpression?: object | null;
}

/** Only what a query or a guarantee depends on; engines add their own storage options. */
function sameIndex(a: IndexShape, b: IndexShape): boolean {
  const shape = (index: IndexShape) => ({
    key: Object.entries(index.key).map(([field, direction]) => [field, Number(direction) || direction]),
    unique: index.unique === true,
    expireAfterSeconds: index.expireAfterSeconds === undefined ? null : Number(index.expireAfterSeconds),
    partial: index.partialFilterExpression ?? null,
  });
  return isDeepStrictEqual(shape(a), shape(b));
}
