import "server-only";
import { listRuns } from "@/lib/runs/queries";
import type { Goal } from "../goal";
import { alternate } from "./alternate";
import { benchProject, manyRuns } from "./many-runs";

const few = 10_000;

/** What the first page of a filter costs must not depend on how many runs there are. */
export const goal: Goal = {
  id: "P1",
  title: "first page of runs of a project and a status: among a million against among ten thousand",
  async run(bench) {
    const small = await manyRuns(bench, few);
    const large = await manyRuns(bench, bench.logs);
    const page = (scope: typeof small) => async () => {
      const projectId = `${scope.workspaceId}-${benchProject(1)}`;
      const { runs } = await listRuns(scope, { projectId, statuses: ["failed"] });
      if (runs.length !== 50) throw new Error(`A page of ${runs.length} runs is no full one.`);
    };
    const [ours, baseline] = await alternate(page(large), page(small));
    return [
      {
        id: "P1",
        name: "first page with filters",
        value: ours.ms / baseline.ms,
        unit: "x",
        goal: { atMost: 1.3 },
        ours: `${ours.text} of ${bench.logs.toLocaleString("en")} runs`,
        baseline: `${baseline.text} of ${few.toLocaleString("en")} runs`,
      },
    ];
  },
};
