import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { Admission } from "./admission";
import { type BatchAnswer, ingestBatch } from "./ingest";
import { type ParsedEntry, parseLine } from "./parse-line";
import type { UploadLine } from "./read-lines";

/** A line longer than this is refused: a document of the database ends at 16 MB, and an entry may be held twice. */
export const maxLineBytes = 4 * 1024 * 1024;
export const entriesPerBatch = 1000;
/** Long lines make smaller batches, so that memory does not grow with them. */
export const bytesPerBatch = 4 * 1024 * 1024;

export interface RejectedLine {
  line: number;
  reason: string;
  text: string;
}

export interface Upload {
  episodeId: string;
  /** Names the upload; its batches are this and their place in it. */
  uploadId: string;
  lines: AsyncIterable<UploadLine>;
  /** Of an upload that came in through a door; imports have none. */
  admission?: Admission;
  onRejected?: (line: RejectedLine) => void | Promise<void>;
  onBatch?: (progress: { accepted: number; rejected: number }) => void;
}

export type UploadAnswer =
  | {
      ok: true;
      accepted: number;
      rejected: number;
      first: bigint | null;
      last: bigint | null;
      /** Every batch was stored before. */
      repeated: boolean;
    }
  | { ok: false; code: "conflict"; message: string; accepted: number; rejected: number };

/**
 * Lines -> entries, batch by batch in their order. While a batch is stored the next one is read, and no more than that: a slow
 * database slows the sender down and fills no memory. A refused line costs nothing but itself.
 */
export async function ingestStream(scope: WorkspaceScope, upload: Upload): Promise<UploadAnswer> {
  const total = { accepted: 0, rejected: 0, first: null as bigint | null, last: null as bigint | null };
  let repeated = true;
  let index = 0;
  let next = emptyBatch();
  let storing: Promise<Refusal | null> = Promise.resolve(null);

  const store = async (batch: NextBatch, final: boolean): Promise<Refusal | null> => {
    const { entries, rejected } = batch;
    const batchId = `${upload.uploadId}#${index++}`;
    upload.admission?.spend(batch.bytes, entries.length);
    const { episodeId } = upload;
    const answer = await ingestBatch(scope, { episodeId, batchId, entries, rejected, final });
    if (!answer.ok) return answer;
    total.accepted += answer.accepted;
    total.first ??= answer.first;
    total.last = answer.last;
    repeated &&= answer.repeated;
    upload.onBatch?.(total);
    return null;
  };
  /** One after the other: the numbers of an upload are in the order of its lines. */
  const send = async (final: boolean): Promise<Refusal | null> => {
    const refused = await storing;
    if (refused || next.entries.length === 0) return refused;
    storing = store(next, final);
    next = emptyBatch();
    return final ? storing : null;
  };

  try {
    for await (const { number, text, problem } of upload.lines) {
      const parsed = problem === undefined ? parseLine(text) : { ok: false as const, reason: problem };
      if (!parsed.ok) {
        next.rejected++;
        total.rejected++;
        await upload.onRejected?.({ line: number, reason: parsed.reason, text });
        continue;
      }
      // A full batch waits for the next good line, to know whether it is the last one.
      if (next.entries.length >= entriesPerBatch || next.bytes >= bytesPerBatch) {
        const refused = await send(false);
        if (refused) return { ...refused, accepted: total.accepted, rejected: total.rejected };
      }
      next.entries.push(parsed.entry);
      next.bytes += text.length;
    }
    const refused = await send(true);
    if (refused) return { ...refused, accepted: total.accepted, rejected: total.rejected };
  } finally {
    // Also after an error on the way, nothing goes on behind the back of whoever gets the answer.
    await Promise.allSettled([storing]);
  }
  return { ok: true, ...total, repeated: repeated && total.accepted > 0 };
}

type Refusal = Extract<BatchAnswer, { ok: false }>;

interface NextBatch {
  entries: ParsedEntry[];
  bytes: number;
  rejected: number;
}

const emptyBatch = (): NextBatch => ({ entries: [], bytes: 0, rejected: 0 });
