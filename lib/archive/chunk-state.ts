import type { Span } from "@/lib/logs/spans";
import type { LogChunk } from "@/lib/mongo/collections/log-chunks";
import type { ChunkState } from "./schema";
import { askedToVerify, lookedAt, overdueAfterMs } from "./scrub/cadence";

type Looked = Pick<
  LogChunk,
  "state" | "checkedAt" | "verifiedAt" | "restoredUntil" | "deleteAfter" | "startSequence" | "endSequence"
>;

/**
 * The one word for a chunk, the most urgent that is true of it: first what is wrong, then what happens to it now, then what is
 * decided about it, then how long ago it was looked at.
 */
export function chunkStateOf(chunk: Looked, restoring: readonly Span[], now: Date): ChunkState {
  const { state, checkedAt, restoredUntil, deleteAfter } = chunk;
  if (state !== "verified") return state;
  if (checkedAt && checkedAt <= askedToVerify) return "verifying";
  if (restoredUntil && restoredUntil > now) return "restored";
  if (restoring.some(({ from, to }) => from <= chunk.endSequence && to >= chunk.startSequence))
    return "restoring";
  if (deleteAfter) return "marked";
  return now.getTime() - lookedAt(chunk).getTime() > overdueAfterMs ? "overdue" : "verified";
}
