import "server-only";
import { DirectoryStore } from "@/lib/objects/directory";
import type { ObjectStore } from "@/lib/objects/object-store";
import { S3Store } from "@/lib/objects/s3";

/** Where a seed keeps its objects; it travels to the children of the seed. */
export type StoreChoice =
  | { kind: "directory"; directory: string }
  | { kind: "s3"; endpoint: string; bucket: string; multipartBytes?: number };

/** Any will do for a server that was started for faults; one that was given may insist on its own. */
export const credentials = {
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? "strata",
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? "strata-secret",
};

/** Short pauses, because a seed may meet many faults; a stall is one that lasts longer than any step here. */
export const patience = { attempts: 3, stallMs: 2_000, firstPauseMs: 5, lastPauseMs: 20 };

export function openStore(choice: StoreChoice): ObjectStore {
  if (choice.kind === "directory") return new DirectoryStore(choice.directory);
  const { endpoint, bucket, multipartBytes } = choice;
  return new S3Store({ endpoint, bucket, multipartBytes, credentials, patience });
}
