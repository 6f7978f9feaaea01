import "server-only";
import { type Env, env } from "@/lib/env";
import { DirectoryStore } from "./directory";
import type { ObjectStore } from "./object-store";
import { S3Store } from "./s3";

let chosen: ObjectStore | undefined;

/** The object store of this process, as the environment says. */
export function objectStore(): ObjectStore {
  chosen ??= storeOf(env());
  return chosen;
}

/** Moves this process to another store. For the tests, which make one each. */
export function switchObjectStore(store: ObjectStore | undefined): void {
  chosen = store;
}

function storeOf(settings: Env): ObjectStore {
  const { OBJECT_STORE: kind, OBJECT_STORE_DIR: directory, S3_BUCKET: bucket, S3_PREFIX: prefix } = settings;
  if (kind === "s3" && bucket) {
    return new S3Store({
      bucket,
      prefix: prefix && `${prefix.replace(/\/$/, "")}/`,
      endpoint: settings.S3_ENDPOINT,
      region: settings.S3_REGION,
      forcePathStyle: settings.S3_FORCE_PATH_STYLE,
      checksum: settings.S3_CHECKSUM !== "none",
    });
  }
  if (!directory) throw new Error("env() lets nobody come here without a directory or a bucket");
  return new DirectoryStore(directory);
}
