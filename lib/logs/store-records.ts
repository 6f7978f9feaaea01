import "server-only";
import { setImmediate } from "node:timers/promises";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import type { Admission } from "./admission";
import { ingestBatch } from "./ingest";
import { bytesPerBatch, entriesPerBatch, maxLineBytes } from "./ingest-stream";
import { entryOfParts, type NamedParts, type ParsedEntry } from "./parse-line";

/** A record of a body that may speak of several episodes, or why it cannot be stored. */
export type NamedRecord = { episodeId: string; parts: NamedParts } | { refused: string };

export interface RecordUpload {
  /** Names the upload; the batches of each episode are this and their place in it. */
  uploadId: string;
  /** Gives the same records each time; throws an AppError where the body is no such body. */
  records: () => Iterable<NamedRecord>;
  admission: Admission;
}

export interface RecordReceipt {
  accepted: number;
  rejected: number;
  /** Of the first refused records. */
  reasons: string[];
  /** All of it was stored before, under the same name. */
  repeated: boolean;
}

/** What one record's context says may be said once and repeated for each record: a small body could store gigabytes. */
const mostTextBytes = 256 * 1024 * 1024;
const mostEpisodes = 1000;
/** Text that is looked through before others have their turn. */
const bytesPerTurn = 4 * 1024 * 1024;
const reasonsNamed = 10;
/** Entries of all episodes that wait for their batch to be full. */
const mostHeldBytes = 2 * bytesPerBatch;

/**
 * Stores the records of a body that was read as a whole. They are gone through twice: the first time proves the body to its
 * end, so that of one that is broken anywhere nothing is stored; the second time stores it, batch by batch.
 */
export async function storeRecords(scope: WorkspaceScope, upload: RecordUpload): Promise<RecordReceipt> {
  const survey = await surveyOf(upload.records);
  const store = new RecordStore(scope, upload, survey.perEpisode);
  try {
    for (const record of upload.records()) {
      const entry =
        "refused" in record || refusalOf(textBytesOf(record.parts)) ? null : entryOfParts(record.parts);
      if (entry && "episodeId" in record) await store.add(record.episodeId, entry);
    }
    await store.finish();
  } catch (error) {
    if (store.accepted === 0 || !(error instanceof AppError)) throw error;
    throw new AppError(error.code, `${error.message} ${store.accepted} records of this request are stored.`, {
      cause: error,
      retryAfterSeconds: error.retryAfterSeconds,
    });
  }
  const { rejected, reasons } = survey;
  return { accepted: store.accepted, rejected, reasons, repeated: store.repeated && store.accepted > 0 };
}

interface Survey {
  perEpisode: Map<string, number>;
  rejected: number;
  reasons: string[];
}

async function surveyOf(records: RecordUpload["records"]): Promise<Survey> {
  const survey: Survey = { perEpisode: new Map(), rejected: 0, reasons: [] };
  const { perEpisode, reasons } = survey;
  let seen = 0;
  let textBytes = 0;
  let pauseAt = bytesPerTurn;
  for (const record of records()) {
    // Others are served while a long body is looked through.
    if (++seen % 1000 === 0 || textBytes >= pauseAt) {
      await setImmediate();
      pauseAt = textBytes + bytesPerTurn;
    }
    const bytes = "refused" in record ? 0 : textBytesOf(record.parts);
    // Also of records too long to store: to make their text a million times would keep the process from everything else.
    textBytes += bytes;
    if (textBytes > mostTextBytes) throw tooMuchText();
    const refused = "refused" in record ? record.refused : refusalOf(bytes);
    if (refused !== null) {
      survey.rejected++;
      if (reasons.length < reasonsNamed) reasons.push(`record ${seen}: ${refused}`);
    } else if ("episodeId" in record) {
      perEpisode.set(record.episodeId, (perEpisode.get(record.episodeId) ?? 0) + 1);
      if (perEpisode.size > mostEpisodes) throw tooManyEpisodes();
    }
  }
  return survey;
}

function refusalOf(textBytes: number): string | null {
  if (textBytes <= maxLineBytes) return null;
  return `it is longer than ${maxLineBytes.toLocaleString("en")} bytes as JSON`;
}

/** As JSON, as it may have to be kept: a control character takes six bytes there. */
function textBytesOf({ message, metadataText }: NamedParts): number {
  return Buffer.byteLength(JSON.stringify(message)) + Buffer.byteLength(metadataText);
}

interface OpenBatch {
  episodeId: string;
  entries: ParsedEntry[];
  bytes: number;
  /** Batches and entries of this episode that were sent before. */
  batches: number;
  sent: number;
}

/** Fills and sends the batches of all episodes of a body. The same body makes the same batches, so each can be repeated. */
class RecordStore {
  accepted = 0;
  repeated = true;
  private readonly open = new Map<string, OpenBatch>();
  private held = 0;

  constructor(
    private readonly scope: WorkspaceScope,
    private readonly upload: RecordUpload,
    private readonly perEpisode: Map<string, number>,
  ) {}

  async add(episodeId: string, entry: ParsedEntry): Promise<void> {
    const batch = this.open.get(episodeId) ?? { episodeId, entries: [], bytes: 0, batches: 0, sent: 0 };
    this.open.set(episodeId, batch);
    batch.entries.push(entry);
    batch.bytes += entry.line.length;
    this.held += entry.line.length;
    if (batch.entries.length >= entriesPerBatch || batch.bytes >= bytesPerBatch) await this.send(batch);
    else if (this.held >= mostHeldBytes) await this.finish();
  }

  async finish(): Promise<void> {
    for (const batch of this.open.values()) if (batch.entries.length > 0) await this.send(batch);
  }

  private async send(batch: OpenBatch): Promise<void> {
    const { episodeId, entries, bytes } = batch;
    batch.entries = [];
    batch.bytes = 0;
    batch.sent += entries.length;
    this.held -= bytes;
    this.upload.admission.spend(bytes, entries.length);
    const answer = await ingestBatch(this.scope, {
      episodeId,
      batchId: `${this.upload.uploadId}#${batch.batches++}`,
      entries,
      final: batch.sent === this.perEpisode.get(episodeId),
    });
    if (!answer.ok) throw new AppError("conflict", answer.message);
    this.accepted += answer.accepted;
    this.repeated &&= answer.repeated;
  }
}

function tooMuchText(): AppError {
  const limit = mostTextBytes / 1024 / 1024;
  return new AppError(
    "too_large",
    `With what is said of all of them, the records are larger than ${limit} MB; send fewer at once.`,
  );
}

function tooManyEpisodes(): AppError {
  return new AppError(
    "bad_input",
    `The request speaks of more than ${mostEpisodes.toLocaleString("en")} episodes; send fewer at once.`,
  );
}
