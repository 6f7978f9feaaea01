import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { RunFilter } from "../list/filters";
import { findRuns, type RunKey } from "../list/find-runs";
import { type RunRowDocument, runRowFields } from "../rows";

const batchSize = 500;

export interface RunBatch {
  runs: RunRowDocument[];
  /** Where the next batch begins; null after the last one. */
  next: RunKey | null;
}

/** The next runs of a filter, newest first. A batch may be empty and not the last: looking ends after so many runs. */
export async function nextBatch(
  scope: WorkspaceScope,
  filter: RunFilter,
  key: RunKey | null,
): Promise<RunBatch> {
  const place = { key, direction: "older", limit: batchSize } as const;
  const { runs, stoppedAt } = await findRuns(scope, filter, place);
  const last = runs.at(-1);
  const full = runs.length === batchSize && last ? { createdAt: last.createdAt, _id: last._id } : null;
  return { runs, next: full ?? stoppedAt };
}

/** Runs that were chosen one by one, as far as they are there. */
export function chosenRuns(scope: WorkspaceScope, runIds: string[]): Promise<RunRowDocument[]> {
  return scoped(scope)
    .collection(workflowRuns)
    .find(
      { _id: { $in: runIds } },
      { projection: runRowFields, sort: { createdAt: -1, _id: -1 }, maxTimeMS: 5_000 },
    )
    .toArray();
}
