import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { unstarted } from "../blank-task";
import { endedBy } from "./attempts";

/** Tasks that one statement names, and statements that one write carries. */
const tasksPerStatement = 1_000;
const statementsPerWrite = 100;

/**
 * Resets tasks level by level; the writes are carried out in this order, each of them for every task by itself. A task that
 * has had this operation is left alone. `afterWrite` says whether to go on.
 *
 * Levels are not put together, however small they are: in which order one statement writes its tasks is the store's own affair,
 * and a task would stay queued or running for a moment behind one that is reset already (I2). So a chain of a thousand costs a
 * thousand statements, a hundred of them on each way to the store: about nine times the one statement that keeps no order.
 */
export async function resetInOrder(
  scope: WorkspaceScope,
  runId: string,
  levels: readonly (readonly { _id: string }[])[],
  { seq, targets }: { seq: number; targets: ReadonlySet<string> },
  afterWrite: () => Promise<boolean>,
): Promise<boolean> {
  const tasks = scoped(scope).collection(runTasks);
  const statements = levels.flatMap((level) => {
    const ids = level.map(({ _id }) => _id);
    return [
      ...statementsFor(
        ids.filter((id) => !targets.has(id)),
        0,
      ),
      ...statementsFor(
        ids.filter((id) => targets.has(id)),
        1,
      ),
    ];
  });
  for (let start = 0; start < statements.length; start += statementsPerWrite) {
    await tasks.bulkUpdate(
      statements.slice(start, start + statementsPerWrite).map(({ ids, attempts }) => ({
        filter: { _id: { $in: ids }, workflowRunId: runId, opSeq: { $lt: seq } },
        update: resetBy(seq, attempts),
        many: true,
      })),
      { ordered: true },
    );
    if (!(await afterWrite())) return false;
  }
  return true;
}

/** Held under the number of the operation, with the attempt that it ends; the fence turns away whoever still works on it (I1). */
function resetBy(seq: number, attempts: number): object[] {
  return [
    { $set: { ended: endedBy(seq) } },
    {
      $set: {
        ...unstarted(),
        // As an expression an empty document sets nothing and leaves what is there.
        summary: { $literal: {} },
        opSeq: seq,
        hold: { $literal: String(seq) },
        status: "pending",
        fence: { $add: ["$fence", 1] },
        attempt: { $add: ["$attempt", attempts] },
        // What set operations took from it, they may leave it this time.
        assetIds: { $ifNull: ["$boundAssetIds", "$assetIds"] },
        changedAt: "$$NOW",
      },
    },
    { $unset: ["completedFence", "outputAssetIds", "boundAssetIds", "logCounted"] },
  ];
}

function statementsFor(ids: string[], attempts: number): { ids: string[]; attempts: number }[] {
  const statements: { ids: string[]; attempts: number }[] = [];
  for (let start = 0; start < ids.length; start += tasksPerStatement)
    statements.push({ ids: ids.slice(start, start + tasksPerStatement), attempts });
  return statements;
}
