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
export const bytesPerBatch = 8 * 1024 * 1024;

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
 * Lines -> entries, batch by batch in their order. The next line is read only when the batch before it is stored, so a slow
 * database slows the sender down and fills no memory. A refused line costs nothing but itself.
 */
export async function ingestStream(scope: WorkspaceScope, upload: Upload): Promise<UploadAnswer> {
  const total = { accepted: 0, rejected: 0, first: null as bigint | null, last: null as bigint | null };
  let repeated = true;
  let index = 0;
  let entries: ParsedEntry[] = [];
  let bytes = 0;
  let rejected = 0;

  const send = async (final: boolean): Promise<Extract<BatchAnswer, { ok: false }> | null> => {
    if (entries.length === 0) return null;
    const batchId = `${upload.uploadId}#${index++}`;
    upload.admission?.spend(bytes, entries.length);
    const answer = await ingestBatch(scope, {
      episodeId: upload.episodeId,
      batchId,
      entries,
      rejected,
      final,
    });
    entries = [];
    bytes = 0;
    rejected = 0;
    if (!answer.ok) return answer;
    total.accepted += answer.accepted;
    total.first ??= answer.first;
    total.last = answer.last;
    repeated &&= answer.repeated;
    upload.onBatch?.(total);
    return null;
  };

  for await (const { number, text, problem } of upload.lines) {
    const parsed = problem === undefined ? parseLine(text) : { ok: false as const, reason: problem };
    if (!parsed.ok) {
      rejected++;
      total.rejected++;
      await upload.onRejected?.({ line: number, reason: parsed.reason, text });
      continue;
    }
    // A full batch waits for the next good line, to know whether it is the last one.
    if (entries.length >= entriesPerBatch || bytes >= bytesPerBatch) {
      const refused = await send(false);
      if (refused) return { ...refused, accepted: total.accepted, rejected: total.rejected };
    }
    entries.push(parsed.entry);
    bytes += text.length;
  }
  const refused = await send(true);
  if (refused) return { ...refused, accepted: total.accepted, rejected: total.rejected };
  return { ok: true, ...total, repeated: repeated && total.accepted > 0 };
}
