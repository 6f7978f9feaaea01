import type { Mutant } from "../mutants";

const cases = ["R1 interleaved"];
const seedsPerCase = 400;

type Guard = Pick<Mutant, "name" | "file" | "find" | "replace">;

/** The guards of the run engine: those that the model of its design names, and those that came with the engine. */
const guards: Guard[] = [
  {
    name: "completion-without-fence",
    file: "lib/runs/advance.ts",
    find: `const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running", fence }, [`,
    replace: `const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running" }, [`,
  },
  {
    name: "every-end-was-mine",
    file: "lib/runs/advance.ts",
    find: "{ _id: taskId, completedFence: fence }",
    replace: "{ _id: taskId, completedFence: { $ne: null } }",
  },
  {
    name: "reaped-in-spite-of-a-heartbeat",
    file: "lib/runs/advance.ts",
    find: `{ _id: taskId, status: "running", fence, leaseExpiresAt }`,
    replace: `{ _id: taskId, status: "running", fence }`,
  },
  {
    name: "promotion-without-fence",
    file: "lib/runs/settle.ts",
    find: "{ _id: only, workflowRunId: runId, ...waiting, fence: child.fence }",
    replace: "{ _id: only, workflowRunId: runId, ...waiting }",
  },
  {
    name: "promotion-by-old-knowledge",
    file: "lib/runs/settle.ts",
    find: "opSeq <= known.opSeq && ",
    replace: "",
  },
  {
    name: "reset-without-hold",
    file: "lib/runs/control/reset.ts",
    find: "hold: { $literal: String(seq) },",
    replace: "hold: null,",
  },
  {
    name: "reset-from-the-near-end",
    file: "lib/runs/control/reset.ts",
    find: "levels.flatMap(",
    replace: "levels.toReversed().flatMap(",
  },
  {
    name: "reset-forgets-the-attempt",
    file: "lib/runs/control/reset.ts",
    find: "    { $set: { ended: endedBy(seq) } },\n",
    replace: "",
  },
  {
    name: "let-go-before-the-attempts-are-away",
    file: "lib/runs/control/retry-tasks.ts",
    find: "await archiveEnded(scope, runId, hold);",
    replace: "void archiveEnded(scope, runId, hold).catch(() => {});",
  },
  {
    name: "operation-without-number",
    file: "lib/runs/control/reset.ts",
    find: "        opSeq: seq,\n        hold:",
    replace: "        hold:",
  },
  {
    name: "two-operations-at-once",
    file: "lib/runs/control/slot.ts",
    find: "{ _id: runId, control: null, ...when }",
    replace: "{ _id: runId, ...when }",
  },
  {
    name: "aggregate-without-sequence",
    file: "lib/runs/aggregate.ts",
    find: "{ _id: runId, aggSeq: run.aggSeq }",
    replace: "{ _id: runId }",
  },
  {
    name: "final-in-an-operation",
    file: "lib/runs/derive-status.ts",
    find: "if (run.control !== null || counts.pending",
    replace: "if (counts.pending",
  },
  {
    name: "last-figures-forgotten",
    file: "lib/runs/coalesce.ts",
    find: "      work = entry.again;\n",
    replace: "      work = null;\n",
  },
  {
    name: "created-without-hold",
    file: "lib/runs/create.ts",
    find: "hold: initial })",
    replace: "hold: null })",
  },
  {
    name: "creation-left-half-done",
    file: "lib/runs/redrive.ts",
    find: "  await releaseTasks(scope, [runId]);\n",
    replace: "",
  },
  {
    name: "cancelled-and-held",
    file: "lib/runs/control/cancel.ts",
    find: "          hold: null,\n",
    replace: "",
  },
  {
    name: "cancelling-for-ever",
    file: "lib/runs/redrive.ts",
    find: "  await forceCancelled(scope, runId);\n",
    replace: "",
  },
];

export const mutantsOfRuns: Omit<Mutant, "suite">[] = guards.map((guard) => ({
  ...guard,
  cases,
  seedsPerCase,
}));
