import "server-only";
import type { Db } from "mongodb";
import { AppError } from "@/lib/errors";
import { mongoDatabase } from "./client";
import { allCollections } from "./collections/all";
import { isMissingCollection } from "./errors";

/**
 * Refuses to start where the database would delete what only a verified archive may end (I9): an index with an expiry on
 * such a collection, whoever made it and whatever it is on. No server and no worker runs beside one.
 */
export async function refuseExpiry(db: Db = mongoDatabase()): Promise<void> {
  for (const { name } of allCollections.filter(({ retention }) => retention.kind === "archived")) {
    const indexes = await db
      .collection(name)
      .indexes()
      .catch((error: unknown) => {
        if (isMissingCollection(error)) return [];
        throw error;
      });
    const expiring = indexes.find(({ expireAfterSeconds }) => expireAfterSeconds != null);
    if (!expiring) continue;
    throw new AppError(
      "conflict",
      `The index ${expiring.name} lets MongoDB delete documents of ${name} by age, archived or not. Drop it (db.${name}.dropIndex(${JSON.stringify(expiring.name)})) and start again; how long archived rows are kept is a setting of the workspace.`,
    );
  }
}
