import { z } from "zod";
import { type RunPage, type RunRow, runPage, runRow } from "../schema";

const { shape } = runRow;

/**
 * A row as it travels to the run list again and again: its values without the names, counts that are zero left out, and
 * nothing that follows from the others. It is a quarter of the same row as an object.
 */
const packedRow = z.tuple([
  shape.id,
  shape.status,
  shape.workflowId,
  shape.workflowName,
  shape.versionNumber,
  shape.triggeredBy,
  shape.taskCounts.partial(),
  shape.inputs,
  shape.startedAt,
  shape.durationMs,
  shape.createdAt,
]);
type PackedRow = z.input<typeof packedRow>;

const packedRunPage = runPage.extend({ runs: z.array(packedRow) });

const noTasks = { pending: 0, queued: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 };

/** A page as it was packed. */
export const unpackedRunPage = packedRunPage.transform(({ runs, ...page }): RunPage => {
  return { ...page, runs: runs.map(unpackRow) };
});

export function packRunPage({ runs, ...page }: RunPage): z.input<typeof packedRunPage> {
  return { ...page, runs: runs.map(packRow) };
}

function packRow(run: RunRow): PackedRow {
  const counts = Object.entries(run.taskCounts).filter(([, count]) => count > 0);
  return [
    run.id,
    run.status,
    run.workflowId,
    run.workflowName,
    run.versionNumber,
    run.triggeredBy,
    Object.fromEntries(counts),
    run.inputs,
    run.startedAt,
    run.durationMs,
    run.createdAt,
  ];
}

function unpackRow(row: z.output<typeof packedRow>): RunRow {
  const [startedAt, durationMs] = [row[8], row[9]];
  return {
    id: row[0],
    status: row[1],
    workflowId: row[2],
    workflowName: row[3],
    versionNumber: row[4],
    triggeredBy: row[5],
    taskCounts: { ...noTasks, ...row[6] },
    inputs: row[7],
    startedAt,
    finishedAt: endOf(startedAt, durationMs),
    durationMs,
    createdAt: row[10],
  };
}

function endOf(startedAt: string | null, durationMs: number | null): string | null {
  return startedAt !== null && durationMs !== null
    ? new Date(Date.parse(startedAt) + durationMs).toISOString()
    : null;
}
