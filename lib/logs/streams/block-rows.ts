import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { blockSize } from "../batch-figures";
import { readSpan } from "../read/page";
import type { LogRow } from "../schema";
import { smaller } from "../spans";

/** Rows that readers of merged logs share: the next page of a thousand streams begins in the blocks of this one. */
const rowsKept = 80_000;
const keptMs = 30_000;
const known = new Map<string, { rows: LogRow[]; until: number }>();
let kept = 0;

export const blockOf = (seq: bigint) => Number(seq / blockSize);
export const firstOf = (block: number) => BigInt(block) * blockSize;

/** The rows and gaps of a block of 200 numbers, as far as they are settled: below `settled` nothing changes any more. */
export async function readBlock(
  scope: WorkspaceScope,
  record: LogMetadata,
  block: number,
  settled: bigint,
): Promise<LogRow[]> {
  const span = { from: firstOf(block), to: smaller(firstOf(block + 1), settled) - 1n };
  if (span.to < span.from) return [];
  // The end of the span is part of the name: a block that grew is another one.
  const key = `${scope.workspaceId}/${record.episodeId}/${block}/${span.to}`;
  const held = known.get(key);
  if (held && held.until > Date.now()) return held.rows;
  const { rows } = await readSpan(scope, record, span);
  // A store that did not answer may answer the next one who asks.
  if (!rows.some((row) => row.kind === "gap" && row.reason === "unreadable")) keep(key, rows);
  return rows;
}

/** Not for long: where a row lies (`tier`) and whether it can be read changes, though the row does not. */
function keep(key: string, rows: LogRow[]): void {
  forget(key);
  known.set(key, { rows, until: Date.now() + keptMs });
  kept += rows.length;
  for (const oldest of known.keys()) {
    if (kept <= rowsKept) break;
    forget(oldest);
  }
}

function forget(key: string): void {
  kept -= known.get(key)?.rows.length ?? 0;
  known.delete(key);
}
