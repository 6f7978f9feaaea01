import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogReservation } from "@/lib/mongo/collections/log-episodes";
import { toLogEntries } from "./entry-document";
import { ingestSettings } from "./ingest-settings";
import type { ParsedEntry } from "./parse-line";
import { reserve } from "./reserve";
import { takeBack } from "./seal";
import { settle } from "./settle";
import { writeRows } from "./write-rows";

export interface Batch {
  episodeId: string;
  /** The sender's name for the batch. Sending it again is a no-op with the same answer. */
  batchId: string;
  entries: ParsedEntry[];
  /** Lines of the batch that were refused; part of the answer. */
  rejected?: number;
  /** Nothing follows in the upload this batch is a part of; see `contentHashOf`. */
  final?: boolean;
}

export type BatchAnswer =
  | { ok: true; accepted: number; rejected: number; first: bigint; last: bigint; repeated: boolean }
  | { ok: false; code: "conflict"; message: string };

/** Where a test stops a writer for good. */
export type IngestStep = "reserved" | "half_written" | "written" | "settled";

/**
 * Stores a batch exactly once. Each of the three steps can be the last one of a process that dies; sending the same batch
 * again then goes on from there:
 *  - reserved, nothing written: the numbers are on record, so they are no unexplained hole (I2), and the retry gets the
 *    same ones;
 *  - partly or wholly written: the unique (episode, sequence) index turns the rows that are there away (I1);
 *  - written, not counted: counters move only in the one transaction that closes the reservation (I5, I6).
 * An answer is given only after that transaction, so what was acknowledged is stored and counted.
 */
export async function ingestBatch(
  scope: WorkspaceScope,
  batch: Batch,
  onStep: (step: IngestStep) => Promise<void> | void = () => {},
): Promise<BatchAnswer> {
  if (batch.entries.length === 0) throw new Error("A batch without entries gets no numbers; do not send it.");
  // Every door comes through here, so nothing is stored unmasked. Before the numbers are taken: this may refuse the batch.
  const { redactor } = await ingestSettings(scope);
  const masked = redactor.apply(batch.entries);
  const reservation = await reserve(scope, {
    episodeId: batch.episodeId,
    batchId: batch.batchId,
    contentHash: contentHashOf(batch),
    accepted: batch.entries.length,
    rejected: batch.rejected ?? 0,
  });
  if (reservation === "conflict") {
    return {
      ok: false,
      code: "conflict",
      message: `A batch named ${batch.batchId} is stored already with other content; the first one stands.`,
    };
  }
  if (reservation.state === "filled") return answerOf(reservation, true);
  if (reservation.state === "tombstone") return ingestRest(scope, batch, reservation, onStep);

  await onStep("reserved");
  const entries = toLogEntries(masked, reservation);
  const figures = await writeRows(scope, entries, () => onStep("half_written"));
  await onStep("written");
  const outcome = await settle(scope, reservation, figures);
  if (outcome === "given_up") {
    await takeBack(scope, batch.episodeId, reservation._id);
    return ingestBatch(scope, batch, onStep);
  }
  await onStep("settled");
  return answerOf(reservation, outcome === "settled_before");
}

/**
 * The batch was given up after its writer seemed dead (seal.ts). Rows that were there by then are counted and stay; the
 * others get fresh numbers, because the archive may have passed theirs.
 */
async function ingestRest(
  scope: WorkspaceScope,
  batch: Batch,
  givenUp: LogReservation,
  onStep: (step: IngestStep) => Promise<void> | void,
): Promise<BatchAnswer> {
  const missing = givenUp.missing ?? [];
  // A writer that was slow and then died may have left rows there.
  await takeBack(scope, batch.episodeId, givenUp._id);
  const entries = batch.entries.filter((_, index) => {
    const number = givenUp.startSequence + BigInt(index);
    return missing.some(({ from, to }) => number >= from && number <= to);
  });
  const rest = await ingestBatch(scope, { ...batch, batchId: `${batch.batchId} (rest)`, entries }, onStep);
  if (!rest.ok) return rest;
  const { accepted, rejected } = givenUp;
  const first = entries.length === batch.entries.length ? rest.first : givenUp.startSequence;
  return { ok: true, accepted, rejected, first, last: rest.last, repeated: rest.repeated };
}

/**
 * Over the lines as they came, before anything was masked: a retry after a rule has changed is still the same batch. An upload is stored in several batches; with `final` in the hash, a longer upload under the
 * same name differs from the shorter one at its end and is refused there instead of being added to it.
 */
function contentHashOf({ entries, rejected = 0, final = false }: Batch): string {
  const lines = entries.map(({ line }) => `${line}\n`).join("");
  return createHash("sha256").update(lines).update(`${rejected} ${final}`).digest("hex");
}

function answerOf(reservation: LogReservation, repeated: boolean): BatchAnswer {
  const { accepted, rejected, startSequence, endSequence } = reservation;
  return { ok: true, accepted, rejected, first: startSequence, last: endSequence, repeated };
}
