import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { toEntryRow } from "../read/listed-entry";
import { readSpan, sourceInText } from "../read/page";
import type { LogRow } from "../schema";
import type { Span } from "../spans";
import { toGapRow } from "../spans";
import type { HitLine } from "../walk/hit-lines";
import { walkEpisode } from "../walk/walk";

/**
 * The first number that may still change: the start of the first reservation that is open, or the next number. Below it every
 * number is a row or will never be one. The record is the older of the two reads: a number below its counter had a
 * reservation then, and one that is not open by now will not open again.
 */
export async function settledEnd(scope: WorkspaceScope, record: LogMetadata, from: bigint): Promise<bigint> {
  const open = await scoped(scope)
    .collection(logReservations)
    .findOne(
      { episodeId: record.episodeId, state: "open", endSequence: { $gte: from } },
      { sort: { startSequence: 1 }, projection: { startSequence: 1 } },
    );
  if (!open || open.startSequence >= record.nextSequenceNumber) return record.nextSequenceNumber;
  return open.startSequence;
}

/** Rows of settled numbers, as a list shows them. */
export async function readSettled(scope: WorkspaceScope, record: LogMetadata, span: Span): Promise<LogRow[]> {
  return (await readSpan(scope, record, span)).rows;
}

/** Those of them that are hits. A number that was never written hides nothing; rows that cannot be read may be hits. */
export async function readSettledHits(
  scope: WorkspaceScope,
  record: LogMetadata,
  span: Span,
  hitsIn: (lines: Buffer) => HitLine[],
  signal: AbortSignal,
): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  for await (const piece of walkEpisode(scope, record.episodeId, span, { signal })) {
    if (piece.kind === "gap") {
      if (piece.gap.reason !== "never_written") rows.push(toGapRow(piece.gap));
      continue;
    }
    for (const { entry } of hitsIn(piece.bytes)) {
      const tier = entry.seq <= record.archivedThrough ? "cold" : "hot";
      rows.push(toEntryRow(entry, sourceInText(entry.metadataText), tier));
    }
  }
  return rows;
}
