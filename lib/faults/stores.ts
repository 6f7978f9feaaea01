import "server-only";
import { DirectoryStore } from "@/lib/objects/directory";
import type { ObjectStore } from "@/lib/objects/object-store";

/** Where a seed keeps its objects; it travels to the children of the seed. */
export type StoreChoice = { kind: "directory"; directory: string };

export function openStore(choice: StoreChoice): ObjectStore {
  return new DirectoryStore(choice.directory);
}
