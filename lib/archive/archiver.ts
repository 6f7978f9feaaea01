import "server-only";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { WorkspaceScope } from "@/lib/auth/access";
import { findRecord } from "@/lib/logs/read/page";
import type { LogArchiveAttempt } from "@/lib/mongo/collections/log-chunks";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { chunkKey } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { Attempt, closeInterrupted, type OnPoint } from "./attempt";
import { commitChunk, holdsArchived, pruneArchived } from "./commit";
import { endDone, endFailed, noteServed, succeeded } from "./ending";
import { acquireLease, type Lease, leaseMs, releaseLease, whileRenewing } from "./lease";
import { nextRange } from "./range";
import { readChunk } from "./read-range";
import { isAboveThreshold } from "./threshold";
import { verifyObject } from "./verify-object";

export interface ArchiveOptions {
  trigger: LogArchiveAttempt["trigger"];
  /** All rows, not only those above the hot tail. */
  everything?: boolean;
  /** Stops after the chunk that ends later than this. */
  until?: Date;
  signal?: AbortSignal;
  /** How long the lease lasts without being renewed. */
  ttlMs?: number;
  onPoint?: OnPoint;
}

export interface ArchiveResult {
  /** done: nothing is left to do; paused: time was up or a stop was asked for; busy: another archiver is at it. */
  outcome: "done" | "paused" | "busy" | "failed" | "not_found";
  chunks: number;
  rows: number;
  error: string | null;
}

/** Archives an episode chunk by chunk, as far as its trigger asks for. */
export async function archiveEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  options: ArchiveOptions,
): Promise<ArchiveResult> {
  const result: ArchiveResult = { outcome: "done", chunks: 0, rows: 0, error: null };
  for (;;) {
    if (options.signal?.aborted || (options.until && new Date() > options.until))
      return { ...result, outcome: "paused" };
    const pass = await archiveNext(scope, episodeId, options);
    if (pass.outcome !== "archived") return { ...result, ...pass };
    result.chunks++;
    result.rows += pass.rows;
  }
}

type Pass =
  | { outcome: "archived"; rows: number }
  | { outcome: "done" | "busy" | "not_found" }
  | { outcome: "failed"; error: string };

/**
 * One chunk in the safe order. Between two steps the process may die; what the next pass then finds:
 *  after S0      a lease that expires; nothing else happened
 *  after S1-S2   the same
 *  after S3-S4   an object nobody points at; the next attempt has another epoch and so another key
 *  after S5      the chunk is the truth, its rows are still in MongoDB but read by nobody: the next pass deletes them first
 *  after S6      a lease that expires
 */
async function archiveNext(scope: WorkspaceScope, episodeId: string, options: ArchiveOptions): Promise<Pass> {
  const { trigger, onPoint = () => {}, ttlMs = leaseMs } = options;
  const before = await findRecord(scope, episodeId);
  if (!before) return { outcome: "not_found" };
  // No lease for nothing: each one is an attempt on the episode's record. Rows that are archived and still here are something:
  // a commit whose answer was lost ends as a failure and leaves them.
  const idle = before.archiveLease === null && !(await rangeFor(scope, before, options));
  if (idle && !(await holdsArchived(scope, before))) {
    if (trigger === "on_demand") await noteServed(scope, before, options);
    return { outcome: "done" };
  }
  const attempt = new Attempt(scope, trigger, onPoint);
  const taken = await attempt.step("S0", async () => {
    const acquired = await acquireLease(scope, episodeId, ownerName(), ttlMs);
    if (acquired) await attempt.begin(acquired.lease, acquired.record.totalChunks);
    return acquired;
  });
  if (!taken) return { outcome: "busy" };
  const { lease, record } = taken;
  try {
    return await whileRenewing(scope, lease, ttlMs, () =>
      archiveUnder(scope, lease, record, attempt, options),
    );
  } catch (error) {
    return { outcome: "failed", error: await endFailed(scope, lease, record, attempt, error) };
  }
}

async function archiveUnder(
  scope: WorkspaceScope,
  lease: Lease,
  record: LogMetadata,
  attempt: Attempt,
  options: ArchiveOptions,
): Promise<Pass> {
  const { episodeId } = lease;
  const store = objectStore();
  // What a pass before this one committed and could not delete any more.
  await pruneArchived(scope, episodeId, record.archivedThrough);
  await closeInterrupted(scope, lease);

  const range = await attempt.step("S1", async () => {
    const found = await rangeFor(scope, record, options);
    attempt.note({ startSequence: found?.from ?? null });
    return found;
  });
  if (!range) return endDone(scope, lease, record, attempt, options);
  const chunkNumber = record.totalChunks;
  const chunk = await attempt.step("S2", async () => {
    const read = await readChunk(scope, episodeId, range, record.chunkSize);
    attempt.note({ endSequence: read?.encoded.endSequence ?? null });
    return read;
  });
  if (!chunk) return endDone(scope, lease, record, attempt, options);
  const { encoded, tombstones } = chunk;
  const { sha256, index, file } = encoded;
  const key = chunkKey(scope.workspaceId, episodeId, { chunkNumber, epoch: lease.epoch, sha256 });

  // "exists" can only be our own earlier put whose answer was lost: the key carries epoch and content. S4 looks.
  const put = await attempt.step("S3", () => store.put(key, file));
  await attempt.step("S4", async () => {
    try {
      const { members } = index;
      await verifyObject(store, key, { sha256, sizeBytes: file.length, members, tombstones, footer: index });
    } catch (error) {
      // Ours alone and of no use: nothing points at it.
      if (put === "created") await store.delete(key).catch(() => {});
      throw error;
    }
  });
  await attempt.step("S5", () => commitChunk(scope, lease, chunkNumber, key, chunk));
  await attempt.step("S6", () => pruneArchived(scope, episodeId, encoded.endSequence));
  await attempt.step("S7", () => releaseLease(scope, lease, succeeded));
  await attempt.finish("archived");
  return { outcome: "archived", rows: encoded.logCount };
}

async function rangeFor(
  scope: WorkspaceScope,
  record: LogMetadata,
  { trigger, everything = false }: ArchiveOptions,
) {
  if (trigger === "threshold" && !isAboveThreshold(record)) return null;
  return nextRange(scope, record, everything);
}

const thisProcess = `${hostname()}:${process.pid}`;

function ownerName(): string {
  return `${thisProcess}:${randomBytes(3).toString("hex")}`;
}
