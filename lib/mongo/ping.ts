import "server-only";
import { mongoDatabase } from "./client";

/** Throws when MongoDB does not answer. */
export async function pingMongo(): Promise<void> {
  await mongoDatabase().command({ ping: 1 });
}
