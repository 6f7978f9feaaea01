import "server-only";
import { listRuns } from "@/lib/runs/queries";
import { runRowFields } from "@/lib/runs/rows";
import type { Goal } from "../goal";
import { alternate } from "./alternate";
import { manyRuns } from "./many-runs";

/** Cursors, rows and times of the list cost little more than what the store takes to answer. */
export const goal: Goal = {
  id: "P3",
  title: "a page of the run list against the bare indexed find of the same fields",
  async run(bench) {
    const scope = await manyRuns(bench, bench.logs);
    const raw = bench.mongo.collection("workflow_runs");
    const [ours, baseline] = await alternate(
      () => listRuns(scope, {}),
      () =>
        raw
          .find({ workspaceId: scope.workspaceId }, { projection: runRowFields })
          .sort({ createdAt: -1, _id: -1 })
          .limit(50)
          .toArray(),
    );
    return [
      {
        id: "P3",
        name: "list query",
        value: ours.ms / baseline.ms,
        unit: "x",
        goal: { atMost: 1.5 },
        ours: ours.text,
        baseline: `${baseline.text} for find().limit(50)`,
      },
    ];
  },
};
