import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { findRecord } from "@/lib/logs/read/page";
import { type LogChunk, logChunks } from "@/lib/mongo/collections/log-chunks";
import { logScrubs } from "@/lib/mongo/collections/log-operations";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { inspectChunk, type Verdict } from "./inspect-chunk";
import type { Problem } from "./problem";
import { recordVerdict } from "./record-verdict";
import { inspectStructure } from "./structure";

export interface ScrubOptions {
  /** Only these chunks; all of them when absent. */
  chunkNumbers?: readonly number[];
  signal?: AbortSignal;
  onProgress?: (progress: ScrubProgress) => void;
}

export interface ScrubProgress {
  chunksChecked: number;
  chunks: number;
  bytesRead: number;
  problems: number;
}

export interface ScrubResult {
  /** stopped: the signal ended it; what was checked until then is on record. */
  state: "done" | "stopped";
  chunksChecked: number;
  bytesRead: number;
  /** Chunks that were bad before and are good again. */
  healed: number;
  problems: Problem[];
}

const keptForMs = 180 * 86_400_000;

/**
 * Reads the archive of an episode again and names what is not as it was written. What it finds stands on the chunks, where
 * readers see it, and in a record of the scrub. Null when there is no such episode.
 */
export async function scrubEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  { chunkNumbers, signal, onProgress }: ScrubOptions = {},
): Promise<ScrubResult | null> {
  if (!(await findRecord(scope, episodeId))) return null;
  const scrub = await beginScrub(scope, episodeId, chunkNumbers === undefined);
  const result: ScrubResult = { state: "done", chunksChecked: 0, bytesRead: 0, healed: 0, problems: [] };
  const ids = await chunkIds(scope, episodeId, chunkNumbers);
  for (const _id of ids) {
    if (signal?.aborted) break;
    const looked = await scrubChunk(scope, _id, signal).catch((error) => {
      if (signal?.aborted) return null;
      throw error;
    });
    if (!looked) continue;
    result.chunksChecked++;
    result.bytesRead += looked.verdict.bytesRead;
    result.problems.push(...looked.verdict.problems);
    if (looked.change === "healed") result.healed++;
    onProgress?.({ ...result, chunks: ids.length, problems: result.problems.length });
  }
  if (signal?.aborted) result.state = "stopped";
  else result.problems.push(...(await structureProblems(scope, episodeId)));
  await endScrub(scope, scrub, result);
  return result;
}

/**
 * One chunk. What looks bad is looked at a second time, from its record on: a store may answer short once, and retention
 * may have ended the chunk while its object was read. Null when there is no such chunk (any more).
 */
async function scrubChunk(
  scope: WorkspaceScope,
  _id: LogChunk["_id"],
  signal?: AbortSignal,
): Promise<{ verdict: Verdict; change: "same" | "damaged" | "healed" } | null> {
  const chunks = scoped(scope).collection(logChunks);
  for (let look = 0; ; look++) {
    const chunk = await chunks.findOne({ _id });
    if (!chunk) return null;
    const verdict = await inspectChunk(scope, chunk, signal);
    if (verdict.state !== "verified" && look === 0) continue;
    const change = await recordVerdict(scope, chunk, verdict);
    if (change !== "gone") return { verdict, change };
  }
}

/** Only what two looks agree on: the first may have fallen between two writes of somebody else. */
async function structureProblems(scope: WorkspaceScope, episodeId: string): Promise<Problem[]> {
  const first = await inspectStructure(scope, episodeId);
  if (first.length === 0) return [];
  const again = new Set((await inspectStructure(scope, episodeId)).map(({ sentence }) => sentence));
  return first.filter(({ sentence }) => again.has(sentence));
}

async function chunkIds(
  scope: WorkspaceScope,
  episodeId: string,
  chunkNumbers: readonly number[] | undefined,
): Promise<LogChunk["_id"][]> {
  const found = await scoped(scope)
    .collection(logChunks)
    .find(
      { episodeId, ...(chunkNumbers && { chunkNumber: { $in: [...chunkNumbers] } }) },
      { projection: { _id: 1 } },
    )
    .sort({ chunkNumber: 1 })
    .toArray();
  return found.map(({ _id }) => _id);
}

type Scrub = { _id: ReturnType<typeof newObjectId> };

async function beginScrub(scope: WorkspaceScope, episodeId: string, whole: boolean): Promise<Scrub> {
  const _id = newObjectId();
  const startedAt = new Date();
  await scoped(scope)
    .collection(logScrubs)
    .insertOne({
      _id,
      episodeId,
      startedAt,
      finishedAt: null,
      state: "running",
      whole,
      chunksChecked: 0,
      bytesRead: 0n,
      healed: 0,
      problems: [],
      expiresAt: new Date(startedAt.getTime() + keptForMs),
    });
  return { _id };
}

async function endScrub(scope: WorkspaceScope, { _id }: Scrub, result: ScrubResult): Promise<void> {
  const { state, chunksChecked, bytesRead, healed, problems } = result;
  await scoped(scope)
    .collection(logScrubs)
    .updateOne(
      { _id },
      {
        $set: {
          state,
          chunksChecked,
          healed,
          bytesRead: BigInt(bytesRead),
          // The record stays a document of ordinary size, however much is broken; the chunks carry all of it.
          problems: problems.slice(0, 1000),
          finishedAt: new Date(),
        },
      },
    );
}
