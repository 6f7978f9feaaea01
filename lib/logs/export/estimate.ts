import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { countRows } from "../queries";
import { findRecord } from "../read/page";
import { asksForNothing } from "../search/query";
import { larger, smaller } from "../spans";
import type { ExportRequest } from "./request";

export interface ExportEstimate {
  /** Rows the export will have; when not `exact`, at most that many. */
  rows: number;
  exact: boolean;
  /** About how large the file will be: rows by the average of the episode. */
  bytes: number;
}

/** A row of a CSV with the usual columns against its JSON line: no names, but quotes doubled. Roughly; texts differ. */
const csvShare = 0.85;

/** What an export would be, from counters alone: no row and no object is read. Null when there is no such episode. */
export async function estimateExport(
  scope: WorkspaceScope,
  episodeId: string,
  { query, from, to, format }: Pick<ExportRequest, "query" | "from" | "to" | "format">,
): Promise<ExportEstimate | null> {
  const record = await findRecord(scope, episodeId);
  const counted = await countRows(scope, episodeId, query);
  if (!record || !counted) return null;
  const newest = record.nextSequenceNumber - 1n;
  const through = to === null ? newest : smaller(to, newest);
  const numbers = Number(larger(0n, through - from + 1n));
  const whole = from === 0n && through === newest;
  // Counters know levels and times; what else a query asks for, and where in the stream a row lies, only the rows know.
  const { levels, time } = query;
  const onlyCounted = asksForNothing({ ...query, levels: [], time: { from: null, to: null } });
  const unfiltered = levels.length === 0 && time.from === null && time.to === null;
  // Where every number given out has its row, those of any range are counted by its ends.
  const withoutHoles = record.totalLogs === record.nextSequenceNumber;
  const exact =
    onlyCounted &&
    // Rows of a damaged chunk are counted, and may be gaps in the file.
    record.damagedChunks === 0 &&
    (unfiltered ? whole || withoutHoles : whole && counted.exact);
  const rows = whole ? counted.total : Math.min(counted.total, numbers);
  return { rows, exact, bytes: Math.round(rows * bytesPerRow(record) * (format === "csv" ? csvShare : 1)) };
}

function bytesPerRow({
  archivedLogs,
  archivedRawBytes,
  currentLogs,
  currentMongoBytes,
}: {
  archivedLogs: bigint;
  archivedRawBytes: bigint;
  currentLogs: bigint;
  currentMongoBytes: bigint;
}): number {
  if (archivedLogs > 0n) return Number(archivedRawBytes) / Number(archivedLogs);
  return currentLogs > 0n ? Number(currentMongoBytes) / Number(currentLogs) : 0;
}
