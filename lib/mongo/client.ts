import "server-only";
import { type Db, MongoClient } from "mongodb";
import { env } from "@/lib/env";

/** Kept on globalThis: `next dev` evaluates this module again after each change, and each client holds connections. */
const holder = globalThis as typeof globalThis & { strataMongo?: MongoClient; strataMongoDatabase?: string };

/** The one client of this process; it connects on first use. int64 values are read as bigint. */
export function mongoClient(): MongoClient {
  holder.strataMongo ??= new MongoClient(env().MONGODB_URI, {
    useBigInt64: true,
    ignoreUndefined: false,
    maxPoolSize: 40,
    serverSelectionTimeoutMS: 5_000,
    appName: "strata",
  });
  return holder.strataMongo;
}

/** The database of the console. Only `lib/mongo` uses it; everyone else goes through `scoped(scope)`. */
export function mongoDatabase(): Db {
  return mongoClient().db(holder.strataMongoDatabase ?? env().MONGODB_DATABASE);
}

/** Moves this process to another database of the same server. For the tests, which make a database each. */
export function switchMongoDatabase(name: string | undefined): void {
  holder.strataMongoDatabase = name;
}

/** Ends the connections of this process, for commands that run once. */
export async function closeMongo(): Promise<void> {
  await holder.strataMongo?.close();
  holder.strataMongo = undefined;
}
