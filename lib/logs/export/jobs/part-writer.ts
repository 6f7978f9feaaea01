import "server-only";
import { createHash } from "node:crypto";
import { exportPartKey } from "@/lib/objects/keys";
import type { ObjectStore } from "@/lib/objects/object-store";

/**
 * A file as objects of equal size, written as its bytes come: memory and the store's limit for one object do not depend on
 * its length, and any stretch of it can be read by itself.
 */
export class PartWriter {
  private readonly hash = createHash("sha256");
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private parts = 0;
  sizeBytes = 0;

  constructor(
    private readonly store: ObjectStore,
    private readonly prefix: string,
    private readonly partBytes: number,
    private readonly onPart: (parts: number) => Promise<void> | void = () => {},
  ) {}

  async add(bytes: Buffer): Promise<void> {
    this.hash.update(bytes);
    this.sizeBytes += bytes.length;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    while (this.pendingBytes >= this.partBytes) await this.put(this.partBytes);
  }

  /** Writes what is left and gives the hash of the whole. */
  async end(): Promise<string> {
    if (this.pendingBytes > 0) await this.put(this.pendingBytes);
    return this.hash.digest("hex");
  }

  private async put(size: number): Promise<void> {
    const whole = this.pending.length === 1 ? this.pending[0] : Buffer.concat(this.pending);
    if (!whole) return;
    const rest = whole.subarray(size);
    this.pending = rest.length > 0 ? [rest] : [];
    this.pendingBytes = rest.length;
    const key = exportPartKey(this.prefix, this.parts++);
    // The prefix is this attempt's own, so nobody else can have written there.
    if ((await this.store.put(key, whole.subarray(0, size))) === "exists")
      throw new Error(`A part of an export was there already: ${key}`);
    await this.onPart(this.parts);
  }
}

/** The bytes of a file from its parts, from `start` on, up to and without `end`. */
export async function* readParts(
  store: ObjectStore,
  { prefix, partBytes }: { prefix: string; partBytes: number },
  { start, end }: { start: number; end: number },
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  let at = start;
  while (at < end) {
    const part = Math.floor(at / partBytes);
    const offset = at - part * partBytes;
    const length = Math.min(partBytes - offset, end - at);
    const bytes = await store.get(exportPartKey(prefix, part), { offset, length }, { signal });
    // A download that ends early must not look whole.
    if (bytes?.length !== length) throw new Error(`Part ${part} of ${prefix} is not there as it was written`);
    yield bytes;
    at += length;
  }
}

/** No object under this prefix afterwards. */
export async function deleteParts(store: ObjectStore, prefix: string): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  for (const key of keys) await store.delete(key);
}
