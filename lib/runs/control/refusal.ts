import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { runHasState } from "../status";

export interface Refused {
  ok: false;
  code: "not_found" | "conflict" | "bad_input";
  message: string;
}

export const noSuchRun: Refused = {
  ok: false,
  code: "not_found",
  message: "There is no such run in this workspace.",
};

/** For whoever acts on what a run was a while ago. */
export const overtaken: Refused = {
  ok: false,
  code: "conflict",
  message: "Another operation on this run came first. Nothing more was done.",
};

/** Why an operation found nothing to do: somebody else was first, mostly. */
export async function refused(
  scope: WorkspaceScope,
  runId: string,
  wanted: string,
  /** The last operation that whoever asks knew of. */
  after?: number,
): Promise<Refused> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { status: 1, control: 1, opSeqCounter: 1 } });
  if (!run) return noSuchRun;
  if (run.control) {
    const what = run.control.kind === "cancel" ? "A cancellation" : "A retry";
    return {
      ok: false,
      code: "conflict",
      message: `${what} of this run is under way. Look again in a moment.`,
    };
  }
  if (after !== undefined && run.opSeqCounter !== after) return overtaken;
  const state = runHasState[run.status];
  return { ok: false, code: "conflict", message: `The run ${state}: it cannot be ${wanted} now.` };
}
