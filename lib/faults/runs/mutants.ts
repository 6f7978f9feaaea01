import type { Mutant } from "../mutants";

const cases = ["R1 interleaved"];
const seedsPerCase = 400;

/** The guards of the run engine, as the model of its design names them. */
export const mutantsOfRuns: Omit<Mutant, "suite">[] = [
  {
    name: "completion-without-fence",
    file: "lib/runs/advance.ts",
    find: `const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running", fence }, [`,
    replace: `const { modifiedCount } = await tasks.updateOne({ _id: taskId, status: "running" }, [`,
    cases,
    seedsPerCase,
  },
  {
    name: "promotion-without-fence",
    file: "lib/runs/settle.ts",
    find: "{ _id: child._id, ...waiting, fence: child.fence }",
    replace: "{ _id: child._id, ...waiting }",
    cases,
    seedsPerCase,
  },
  {
    name: "reset-without-hold",
    file: "lib/runs/control/reset.ts",
    find: "hold: { $literal: String(seq) },",
    replace: "hold: null,",
    cases,
    seedsPerCase,
  },
  {
    name: "reset-from-the-near-end",
    file: "lib/runs/control/reset.ts",
    find: "levels.flatMap(",
    replace: "levels.toReversed().flatMap(",
    cases,
    seedsPerCase,
  },
  {
    name: "aggregate-without-sequence",
    file: "lib/runs/aggregate.ts",
    find: "{ _id: runId, aggSeq: run.aggSeq }",
    replace: "{ _id: runId }",
    cases,
    seedsPerCase,
  },
  {
    name: "operation-without-number",
    file: "lib/runs/control/reset.ts",
    find: "        opSeq: seq,\n        hold:",
    replace: "        hold:",
    cases,
    seedsPerCase,
  },
];
