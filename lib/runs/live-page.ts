import type { RunPage, RunRow } from "./schema";

export interface LiveRow {
  run: RunRow;
  /** It no longer matches the filter: it was on this page, and the page as it is now does not hold it. */
  left: boolean;
}

export interface LivePage {
  rows: LiveRow[];
  /** Runs that have appeared above the first row since the page was read. */
  newRuns: number;
}

/**
 * What a page that was read a while ago shows once it is read again: each row as it is now, in the place where it was. Rows are
 * never added or taken away under the pointer; what is new is counted, for a person to ask for.
 */
export function livePage(shown: RunPage, latest: RunPage): LivePage {
  const now = new Map(latest.runs.map((run) => [run.id, run]));
  const known = new Set(shown.runs.map((run) => run.id));
  const newest = shown.runs.at(0);
  const oldest = latest.runs.at(-1);
  const rows = shown.runs.map((run) => {
    const current = now.get(run.id);
    // New runs push the last rows off the page: those are merely not read again.
    const pushedOff = oldest !== undefined && latest.older !== null && isNewer(oldest, run);
    return { run: current ?? run, left: !current && !pushedOff };
  });
  const newRuns = latest.runs.filter((run) => !known.has(run.id) && (!newest || isNewer(run, newest))).length;
  return { rows, newRuns };
}

function isNewer(a: RunRow, b: RunRow): boolean {
  return a.createdAt > b.createdAt || (a.createdAt === b.createdAt && a.id > b.id);
}
