import "server-only";
import { env } from "@/lib/env";
import { DirectoryStore } from "./directory";
import type { ObjectStore } from "./object-store";

let chosen: ObjectStore | undefined;

/** The object store of this process, as the environment says. */
export function objectStore(): ObjectStore {
  chosen ??= new DirectoryStore(env().OBJECT_STORE_DIR);
  return chosen;
}

/** Moves this process to another store. For the tests, which make one each. */
export function switchObjectStore(store: ObjectStore | undefined): void {
  chosen = store;
}
