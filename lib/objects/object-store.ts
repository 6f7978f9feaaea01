export interface ObjectInfo {
  key: string;
  sizeBytes: number;
  /** When the object became visible, by the store's clock. A sweep leaves alone what is younger than an attempt may last. */
  modifiedAt: Date;
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
  /**
   * The bytes, or those of a range as far as the object reaches; null when there is no such object. An aborted signal ends
   * the request at once and is what this throws then.
   */
  get(key: string, range?: ByteRange, options?: { signal?: AbortSignal }): Promise<Buffer | null>;
  head(key: string): Promise<ObjectInfo | null>;
  /** Objects whose key starts with `prefix`, in the order of their keys. */
  list(prefix: string): AsyncIterable<ObjectInfo>;
  /** No object under this key afterwards; there may have been none before. */
  delete(key: string): Promise<void>;
  /** Clears away what puts that were cut short before this time left behind; no object is touched. Returns how many. */
  sweepUnfinished(before: Date): Promise<number>;
}
