import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor, timeCursor } from "@/lib/db/page";
import { everyRun, type RunFilters } from "./list/filters";
import { findRuns, type RunKey } from "./list/find-runs";
import { toRunRow } from "./rows";
import type { RunPage } from "./schema";

export const runPageSize = everyRun.size;

/** One page of runs, newest first, by keyset on (createdAt, _id): a page far down costs what the first one costs. */
export async function readRunPage(scope: WorkspaceScope, filters: RunFilters): Promise<RunPage> {
  const now = new Date();
  const key = keyOf(filters.cursor);
  const direction = key ? filters.direction : "older";
  const place = { key, direction, limit: filters.size + 1 };
  const { runs: found, stoppedAt, searched } = await findRuns(scope, filters, place, now);
  // Nothing newer than the cursor: the reader is at the top, so show the top.
  if (found.length === 0 && stoppedAt === null && key && direction === "newer") {
    return readRunPage(scope, { ...filters, cursor: null, direction: "older" });
  }
  const more = found.length > filters.size;
  const shown = found.slice(0, filters.size);
  if (direction === "newer") shown.reverse();
  const first = shown.at(0);
  const last = shown.at(-1);
  const beyond = stoppedAt && cursorOf(stoppedAt);
  const ends =
    direction === "older"
      ? { older: more && last ? cursorOf(last) : beyond, newer: first && key ? cursorOf(first) : null }
      : { older: last ? cursorOf(last) : filters.cursor, newer: more && first ? cursorOf(first) : beyond };
  return {
    runs: shown.map(toRunRow),
    ...ends,
    searched: stoppedAt === null ? null : searched,
    asOf: now.toISOString(),
  };
}

const cursorOf = (run: RunKey) => encodeCursor([run.createdAt, run._id]);

function keyOf(cursor: string | null): RunKey | null {
  const decoded = decodeCursor(cursor, timeCursor);
  return decoded && { createdAt: decoded[0], _id: decoded[1] };
}
