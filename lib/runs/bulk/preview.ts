import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunRowDocument, toRunRow } from "../rows";
import { chosenRuns, nextBatch } from "./each-run";
import { frozenFilter } from "./freeze";
import { bulkKind, mostRuns } from "./kinds";
import type { BulkPreview, BulkTarget } from "./schema";

const sampleSize = 6;

/** What a job would meet: every run of it is counted, so the figures are exact up to the number that can be done at once. */
export async function previewBulk(scope: WorkspaceScope, target: BulkTarget): Promise<BulkPreview> {
  const frozenAt = new Date();
  const preview: BulkPreview = {
    frozenAt: frozenAt.toISOString(),
    total: 0,
    byStatus: { queued: 0, running: 0, cancelling: 0, succeeded: 0, failed: 0, cancelled: 0 },
    tooMany: false,
    sample: [],
  };
  const add = (runs: RunRowDocument[]) => {
    for (const run of runs) {
      preview.total++;
      preview.byStatus[run.status]++;
      if (preview.sample.length < sampleSize && bulkKind[target.kind].actsOn.includes(run.status))
        preview.sample.push(toRunRow(run));
    }
  };
  if (target.runIds) add(await chosenRuns(scope, target.runIds));
  else if (target.filter) {
    const filter = frozenFilter(target.filter, frozenAt);
    let key: Awaited<ReturnType<typeof nextBatch>>["next"] = null;
    do {
      const batch: Awaited<ReturnType<typeof nextBatch>> = await nextBatch(scope, filter, key);
      add(batch.runs);
      key = batch.next;
    } while (key && preview.total <= mostRuns);
    preview.tooMany = preview.total > mostRuns;
  }
  return preview;
}
