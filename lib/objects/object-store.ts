export interface ObjectInfo {
  key: string;
  sizeBytes: number;
}

/** A part of an object, in bytes. */
export interface ByteRange {
  offset: number;
  length: number;
}

/**
 * Where large bytes lie. Objects are written once and never changed: the archive's safety rests on a good copy never being
 * overwritten by a later attempt. `conformance.ts` says the same as tests; every implementation passes it.
 */
export interface ObjectStore {
  /** Names the store in messages: a directory, a bucket. */
  readonly name: string;
  /**
   * Writes a new object; it is visible whole or not at all, and durable when this returns. "exists" when the key is taken:
   * nothing was written, and it is for the caller to look whether the object there is the same.
   */
  put(key: string, body: Uint8Array): Promise<"created" | "exists">;
  /** The bytes, or those of a range as far as the object reaches; null when there is no such object. */
  get(key: string, range?: ByteRange): Promise<Buffer | null>;
  head(key: string): Promise<ObjectInfo | null>;
  /** Objects whose key starts with `prefix`, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** No object under this key afterwards; there may have been none before. */
  delete(key: string): Promise<void>;
}
