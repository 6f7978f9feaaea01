import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import type { Span } from "@/lib/logs/spans";
import type { LogChunk, LogChunkIndex } from "@/lib/mongo/collections/log-chunks";
import type { ByteRange, ObjectStore } from "@/lib/objects/object-store";
import type { ChunkIndex } from "./footer";
import { footerProblem } from "./verify-footer";
import { memberProblem } from "./verify-member";

type Member = LogChunkIndex["members"][number];

export interface Expected {
  sha256: string;
  sizeBytes: number;
  members: Member[];
  tombstones: Span[];
  /** What the footer must say; null for an object of the first format. */
  footer: ChunkIndex | null;
}

/** What the record of a chunk and its index say about its object. */
export function expectedOf(chunk: LogChunk, index: LogChunkIndex): Expected {
  const { sha256, tombstones, format } = chunk;
  const { members, bloom, histogram, templates, otherTemplates, slotWidth, facets } = index;
  const rawBytes = Number(chunk.rawBytes);
  const footer = format
    ? { rawBytes, tombstones, members, bloom, histogram, templates, otherTemplates, slotWidth, facets }
    : null;
  return { sha256, sizeBytes: Number(chunk.sizeBytes), members, tombstones, footer };
}

/** An object is read back in pieces of about this size, so that memory does not grow with it. */
const pieceBytes = 8 * 1024 * 1024;
/** Members that are unpacked beside each other. */
const together = 4;

/**
 * Reads an object back and proves that it holds what was meant (S4, I4): the hash of all bytes, member by member that it
 * decodes to exactly the rows of its range with the levels that were counted, and that its footer says the same as the
 * record. Throws an AppError that says what differs.
 */
export async function verifyObject(store: ObjectStore, key: string, expected: Expected): Promise<void> {
  const { members, tombstones, footer, sizeBytes } = expected;
  const hash = createHash("sha256");
  const pieces = piecesOf(members, sizeBytes);
  let coming = readPiece(store, key, pieces[0]);
  for (const [place, piece] of pieces.entries()) {
    const bytes = await coming;
    if (!bytes) throw wrong(key, "it is not there");
    if (bytes.length !== piece.length) throw wrong(key, `it does not have ${sizeBytes} bytes`);
    // The next piece is on its way while this one is unpacked.
    coming = readPiece(store, key, pieces[place + 1]);
    coming.catch(() => {});
    hash.update(bytes);
    for (let first = 0; first < piece.members.length; first += together) {
      const checks = piece.members.slice(first, first + together).map(async (member) => {
        const start = member.offset - piece.offset;
        const part = bytes.subarray(start, start + member.length);
        const problem = await memberProblem(part, member, tombstones);
        if (problem) throw wrong(key, `rows ${member.startSequence} to ${member.endSequence}: ${problem}`);
      });
      await Promise.all(checks);
    }
    const problem =
      footer &&
      piece.footer &&
      footerProblem(bytes.subarray(piece.footer.start), piece.footer.offset, footer);
    if (problem) throw wrong(key, problem);
  }
  if (hash.digest("hex") !== expected.sha256) throw wrong(key, "its checksum differs");
}

interface Piece extends ByteRange {
  members: Member[];
  /** In the last piece: where the footer lies in the object, and where in the piece. */
  footer: { offset: number; start: number } | null;
}

function piecesOf(members: Member[], sizeBytes: number): [Piece, ...Piece[]] {
  const pieces: [Piece, ...Piece[]] = [{ offset: 0, length: 0, members: [], footer: null }];
  let piece = pieces[0];
  for (const member of members) {
    if (piece.length > 0 && piece.length + member.length > pieceBytes) {
      piece = { offset: member.offset, length: 0, members: [], footer: null };
      pieces.push(piece);
    }
    piece.members.push(member);
    piece.length += member.length;
  }
  piece.footer = { offset: piece.offset + piece.length, start: piece.length };
  piece.length = sizeBytes - piece.offset;
  return pieces;
}

/** One byte more than there should be is asked for: an object that is too long differs as well. */
function readPiece(store: ObjectStore, key: string, piece: Piece | undefined): Promise<Buffer | null> {
  if (!piece) return Promise.resolve(null);
  return store.get(key, { offset: piece.offset, length: piece.length + 1 });
}

function wrong(key: string, problem: string): AppError {
  return new AppError("unavailable", `The archive object ${key} is not what was written: ${problem}.`);
}
