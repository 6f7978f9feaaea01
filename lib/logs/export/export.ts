import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LongAnswer } from "@/lib/auth/long-answer";
import { AppError } from "@/lib/errors";
import { findRecord } from "../read/page";
import type { Member } from "../read/read-member";
import { asksForNothing, type LogQuery, logQueryParams } from "../search/query";
import { reasonToSkip } from "../search/skip";
import { type Gap, larger, type Span, smaller } from "../spans";
import { hitLines } from "../walk/hit-lines";
import type { Piece } from "../walk/piece";
import { walkEpisode } from "../walk/walk";
import { csvRows } from "./csv";
import { jsonLines } from "./jsonl";
import type { ExportRequest } from "./request";
import type { RowWriter } from "./row-writer";
import { gapsNamed, type Trailer } from "./trailer";

export interface ExportOptions {
  answer: LongAnswer;
  signal?: AbortSignal;
  /** How old a proof of access may be when rows leave. */
  trustMs?: number;
  /** Called as rows leave: how many have by now. */
  onRows?: (rows: bigint) => void;
  /** Called with what the last line says, before it leaves. */
  onTrailer?: (trailer: Trailer) => void;
}

export interface Export {
  from: bigint;
  through: bigint;
  bytes: AsyncGenerator<Buffer>;
}

const trustedMs = 2_000;

/**
 * The rows of an episode as a file, in order, hot and archived alike. It reads as fast as the bytes are taken and holds a few
 * members at a time, so its memory does not depend on its length. Its last line is the trailer. Null when there is no such
 * episode.
 */
export async function openExport(
  scope: WorkspaceScope,
  episodeId: string,
  request: ExportRequest,
  options: ExportOptions,
): Promise<Export | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  // What is written from now on is another export's: this one has an end, however fast the episode grows.
  const newest = record.nextSequenceNumber - 1n;
  const through = request.to === null ? newest : smaller(request.to, newest);
  const part = { from: request.from, to: through, newest };
  return { from: part.from, through, bytes: bytesOf(scope, episodeId, request, part, options) };
}

async function* bytesOf(
  scope: WorkspaceScope,
  episodeId: string,
  request: ExportRequest,
  part: Span & { newest: bigint },
  { answer, signal, trustMs = trustedMs, onRows, onTrailer }: ExportOptions,
): AsyncGenerator<Buffer> {
  const writer = writerFor(request);
  const tally = new Tally(part.from);
  const send = (bytes: Buffer): Buffer[] => {
    tally.bytes(bytes);
    return request.only === "trailer" ? [] : [bytes];
  };
  const end = (error: Trailer["error"]) => {
    const trailer = tally.trailer(scope, episodeId, request.query, part, error);
    onTrailer?.(trailer);
    return Buffer.from(writer.trailer(trailer));
  };
  let provenAt = Date.now();
  try {
    if (writer.head) yield* send(Buffer.from(writer.head));
    const wanted = selector(request.query);
    for await (const piece of walkEpisode(scope, episodeId, part, { skip: wanted.skip, signal })) {
      // Nothing leaves on an old proof, however slowly the reader takes it (F33).
      if (Date.now() - provenAt > trustMs) {
        if (!(await answer.stillAllowed()))
          throw new AppError("forbidden", "Your access to this workspace has ended.");
        provenAt = Date.now();
      }
      for (const kept of wanted.select(piece)) {
        const bytes = kept.kind === "gap" ? Buffer.from(writer.gap(kept.gap)) : writer.lines(kept.bytes);
        tally.piece(kept);
        yield* send(bytes);
      }
      tally.reached(piece);
      onRows?.(tally.rows);
    }
  } catch (error) {
    if (signal?.aborted) return;
    const { code, message } = answer.failureOf(error, `export of ${episodeId}`);
    yield end({ code, message });
    return;
  }
  tally.through = larger(part.to, part.from - 1n);
  yield end(null);
}

function writerFor(request: ExportRequest): RowWriter {
  return request.format === "csv" ? csvRows(request) : jsonLines;
}

interface Selector {
  skip: (member: Member) => boolean;
  select: (piece: Piece) => Piece[];
}

/** Everything passes through untouched, or the lines that are hits. */
function selector(query: LogQuery): Selector {
  if (asksForNothing(query)) return { skip: () => false, select: (piece) => [piece] };
  const hitsIn = hitLines(query);
  return {
    skip: (member) => reasonToSkip(query, member) !== null,
    select: (piece) => {
      // A number that was never written hides nothing; rows that cannot be read may be just the ones that are wanted.
      if (piece.kind === "gap") return piece.gap.reason === "never_written" ? [] : [piece];
      const hits = hitsIn(piece.bytes);
      const [first] = hits;
      const last = hits.at(-1);
      if (!first || !last) return [];
      const bytes = Buffer.from(hits.map(({ line }) => `${line}\n`).join(""));
      return [{ kind: "lines", bytes, rows: hits.length, first: first.entry.seq, last: last.entry.seq }];
    },
  };
}

/** What the trailer says, counted from what was sent. */
class Tally {
  private readonly hash = createHash("sha256");
  private size = 0n;
  rows = 0n;
  private first: bigint | null = null;
  private last: bigint | null = null;
  private readonly gaps: Gap[] = [];
  private gapCount = 0;
  private numbersInGaps = 0n;
  /** Last number that was dealt with. */
  through: bigint;

  constructor(from: bigint) {
    this.through = from - 1n;
  }

  bytes(bytes: Buffer): void {
    this.hash.update(bytes);
    this.size += BigInt(bytes.length);
  }

  piece(piece: Piece): void {
    if (piece.kind === "gap") {
      this.gapCount++;
      this.numbersInGaps += piece.gap.to - piece.gap.from + 1n;
      if (this.gaps.length < gapsNamed) this.gaps.push(piece.gap);
      return;
    }
    this.rows += BigInt(piece.rows);
    this.first ??= piece.first;
    this.last = piece.last;
  }

  reached(piece: Piece): void {
    this.through = piece.kind === "gap" ? piece.gap.to : piece.last;
  }

  trailer(
    scope: WorkspaceScope,
    episode: string,
    query: LogQuery,
    { from, newest }: Span & { newest: bigint },
    error: Trailer["error"],
  ): Trailer {
    const { rows, first, last, gapCount, numbersInGaps, through } = this;
    return {
      complete: error === null,
      workspace: scope.workspaceSlug,
      episode,
      from,
      through,
      next: error || through < newest ? through + 1n : null,
      rows,
      first,
      last,
      gaps: this.gaps,
      gapCount,
      numbersInGaps,
      bytes: this.size,
      sha256: this.hash.digest("hex"),
      query: logQueryParams(query).toString(),
      error,
    };
  }
}
