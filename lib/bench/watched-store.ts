import "server-only";
import type { ByteRange, ObjectStore } from "@/lib/objects/object-store";
import { objectStore, switchObjectStore } from "@/lib/objects/store";

/** An object store as it is, with a note of every read. */
export class WatchedStore implements ObjectStore {
  readonly name: string;
  bytes = 0;
  /** When each read began, by performance.now(). */
  readonly begun: number[] = [];

  constructor(private readonly store: ObjectStore) {
    this.name = store.name;
  }

  async get(key: string, range?: ByteRange, options?: { signal?: AbortSignal }): Promise<Buffer | null> {
    this.begun.push(performance.now());
    const bytes = await this.store.get(key, range, options);
    this.bytes += bytes?.length ?? 0;
    return bytes;
  }

  put(key: string, body: Uint8Array) {
    return this.store.put(key, body);
  }

  head(key: string) {
    return this.store.head(key);
  }

  list(prefix: string) {
    return this.store.list(prefix);
  }

  delete(key: string) {
    return this.store.delete(key);
  }

  sweepUnfinished(before: Date) {
    return this.store.sweepUnfinished(before);
  }
}

/** Runs `work` while the reads of this process go through a watched store. */
export async function watchingReads<T>(
  work: (store: WatchedStore) => Promise<T>,
  store: ObjectStore = objectStore(),
): Promise<T> {
  const before = objectStore();
  const watched = new WatchedStore(store);
  switchObjectStore(watched);
  try {
    return await work(watched);
  } finally {
    switchObjectStore(before);
  }
}
