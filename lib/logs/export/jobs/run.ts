import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { exportAttemptPrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import { openExport } from "../export";
import { exportRequestFrom } from "../request";
import type { Trailer } from "../trailer";
import {
  type ClaimedExport,
  failExport,
  finishExport,
  keepExport,
  leaseSeconds,
  mostAttempts,
  putExportBack,
} from "./claim";
import { heartbeat } from "./heartbeat";
import { deleteParts, PartWriter } from "./part-writer";
import type { ExportResult } from "./schema";

/** done: the file is there; lost: cancelled, or another worker's by now; stopped and again: it waits for the next one. */
export type ExportOutcome = "done" | "failed" | "lost" | "stopped" | "again";

export interface RunOptions {
  /** Whether the person who asked may still have it: read anew each time. */
  stillAllowed: () => Promise<boolean>;
  signal: AbortSignal;
  partBytes?: number;
  beatMs?: number;
  /** How old a proof of access may be when rows are written. */
  trustMs?: number;
  /** Told of each failure, which its owner reads only in words. */
  onFailure?: (error: unknown) => void;
  /** Called when so many parts are stored; where a test lets something happen in between. */
  onPart?: (parts: number) => Promise<void> | void;
}

/** One request of every store takes a part of this size. */
const usualPartBytes = 8 * 1024 * 1024;
/** A cancelled export stops within a second: it is asked twice in one. */
const usualBeatMs = 500;

/**
 * Writes the file of an export that this worker has claimed. It is known to nobody until its last part is stored, so an
 * attempt that ends anywhere before leaves nothing but parts that its own prefix finds again.
 */
export async function runExport(
  scope: WorkspaceScope,
  claim: ClaimedExport,
  options: RunOptions,
): Promise<ExportOutcome> {
  const { signal, partBytes = usualPartBytes, beatMs = usualBeatMs, onFailure } = options;
  const prefix = exportAttemptPrefix(claim.workspaceId, claim.id, claim.attempt);
  const parts = new PartWriter(objectStore(), prefix, partBytes, options.onPart);
  const progress = { rows: 0n };
  const lost = new AbortController();
  let keptAt = Date.now();
  const stopBeating = heartbeat(beatMs, async () => {
    try {
      if (!(await keepExport(scope, claim, { rows: progress.rows, bytes: parts.sizeBytes }))) lost.abort();
      keptAt = Date.now();
    } catch {
      // A database that does not answer for a moment takes nothing away; once the lease is over, somebody else may have it.
      if (Date.now() - keptAt > leaseSeconds * 1_000) lost.abort();
    }
  });
  let outcome: ExportOutcome;
  try {
    const both = AbortSignal.any([signal, lost.signal]);
    const result = await writeFile(scope, claim, parts, progress, { ...options, signal: both });
    if (!result) outcome = lost.signal.aborted ? "lost" : await stop(scope, claim);
    else {
      const file = { prefix, partBytes, sizeBytes: parts.sizeBytes, result };
      outcome = (await finishExport(scope, claim, file)) ? "done" : "lost";
    }
  } catch (error) {
    onFailure?.(error);
    outcome = lost.signal.aborted ? "lost" : await settleFailure(scope, claim, error);
  } finally {
    stopBeating();
  }
  // What could not be deleted now goes with the export itself.
  if (outcome !== "done") await deleteParts(objectStore(), prefix).catch((error) => onFailure?.(error));
  return outcome;
}

/** Null when it was told to end. */
async function writeFile(
  scope: WorkspaceScope,
  { episodeId, params }: ClaimedExport,
  parts: PartWriter,
  progress: { rows: bigint },
  { stillAllowed, trustMs, signal }: Pick<RunOptions, "stillAllowed" | "trustMs" | "signal">,
): Promise<ExportResult | null> {
  const seen: { trailer?: Trailer } = {};
  const opened = await openExport(scope, episodeId, exportRequestFrom(new URLSearchParams(params)), {
    // What goes wrong is this attempt's end, not a line in the file.
    answer: { stillAllowed, failureOf: rethrow },
    signal,
    trustMs,
    onRows: (rows) => {
      progress.rows = rows;
    },
    onTrailer: (trailer) => {
      seen.trailer = trailer;
    },
  });
  if (!opened) throw new AppError("not_found", "The episode is no longer there.");
  for await (const bytes of opened.bytes) {
    if (signal.aborted) return null;
    await parts.add(bytes);
  }
  // A walk that is interrupted ends without a trailer.
  if (signal.aborted || !seen.trailer) return null;
  return resultOf(seen.trailer, await parts.end());
}

async function stop(scope: WorkspaceScope, claim: ClaimedExport): Promise<ExportOutcome> {
  return (await putExportBack(scope, claim, { afterFailure: false })) ? "stopped" : "lost";
}

/** What a person can be told ends it; everything else may be better the next time. */
async function settleFailure(
  scope: WorkspaceScope,
  claim: ClaimedExport,
  error: unknown,
): Promise<ExportOutcome> {
  const lasting = error instanceof AppError && lastingCodes.has(error.code);
  if (lasting || claim.attempt >= mostAttempts) {
    const words = lasting
      ? error.message
      : `The file could not be written in ${claim.attempt} attempts; the worker's log says why. Ask for it again later.`;
    return (await failExport(scope, claim, words)) ? "failed" : "lost";
  }
  return (await putExportBack(scope, claim, { afterFailure: true })) ? "again" : "lost";
}

const lastingCodes: ReadonlySet<AppError["code"]> = new Set(["bad_input", "forbidden", "not_found"]);

function rethrow(error: unknown): never {
  throw error;
}

function resultOf(trailer: Trailer, sha256: string): ExportResult {
  const text = (number: bigint | null) => (number === null ? null : number.toString());
  return {
    from: trailer.from.toString(),
    through: trailer.through.toString(),
    rows: trailer.rows.toString(),
    first: text(trailer.first),
    last: text(trailer.last),
    gapCount: trailer.gapCount,
    numbersInGaps: trailer.numbersInGaps.toString(),
    gaps: trailer.gaps.map(({ from, to, reason }) => ({ from: String(from), to: String(to), reason })),
    sha256,
  };
}
