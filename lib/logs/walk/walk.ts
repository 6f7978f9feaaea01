import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { findRecord } from "../read/page";
import { overlap, type Span } from "../spans";
import { type ArchivedOptions, readArchived } from "./archived";
import type { Piece } from "./piece";
import { readStored } from "./stored";

/**
 * Every number of a range exactly once, in order, as a line or in a gap, by the reader rule: the archive serves numbers up to
 * archivedThrough, MongoDB those above it. The archiver may run meanwhile, for however long the walk takes: each number is
 * read from where it lies when its turn comes.
 */
export async function* walkEpisode(
  scope: WorkspaceScope,
  episodeId: string,
  whole: Span,
  options: ArchivedOptions = {},
): AsyncGenerator<Piece> {
  let position = whole.from;
  while (position <= whole.to) {
    options.signal?.throwIfAborted();
    const record = await findRecord(scope, episodeId);
    if (!record) throw new AppError("not_found", "This episode was deleted while it was read.");
    const cold = overlap({ from: position, to: whole.to }, { from: 0n, to: record.archivedThrough });
    if (cold) {
      yield* readArchived(scope, episodeId, cold, options);
      position = cold.to + 1n;
      continue;
    }
    const read = await readStored(scope, episodeId, { from: position, to: whole.to });
    if (read.moved) continue;
    yield* read.pieces;
    position = read.next;
  }
}
