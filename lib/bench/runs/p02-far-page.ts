import "server-only";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { listRuns } from "@/lib/runs/queries";
import { runRowFields } from "@/lib/runs/rows";
import type { Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { alternate } from "./alternate";
import { manyRuns } from "./many-runs";

/** A cursor goes straight to its place; `skip`, shown beside it, walks there. */
export const goal: Goal = {
  id: "P2",
  title: "page 1,000 of the run list by cursor against its first page",
  async run(bench) {
    const scope = await manyRuns(bench, bench.logs);
    const wanted = Math.min(1_000, Math.floor(bench.logs / 50) - 1);
    let cursor: string | null = null;
    for (let page = 1; page < wanted; page++) {
      if (page % 200 === 0) bench.note(`page ${page} of ${wanted}`);
      cursor = (await listRuns(scope, { cursor })).older;
      if (cursor === null) throw new Error(`Page ${page} says that it is the last one.`);
    }
    const [far, first] = await alternate(
      () => listRuns(scope, { cursor }),
      () => listRuns(scope, {}),
    );
    const skipped: number[] = [];
    for (let n = 0; n < 10; n++) {
      const { ms } = await timed(() =>
        scoped(scope)
          .collection(workflowRuns)
          .find(
            {},
            {
              projection: runRowFields,
              sort: { createdAt: -1, _id: -1 },
              skip: (wanted - 1) * 50,
              limit: 50,
            },
          )
          .toArray(),
      );
      skipped.push(ms);
    }
    return [
      {
        id: "P2",
        name: `page ${wanted.toLocaleString("en")} by cursor`,
        value: far.ms / first.ms,
        unit: "x",
        goal: { atMost: 1.2 },
        ours: `${far.text}; by skip ${milliseconds(median(skipped))}`,
        baseline: `${first.text} for page 1`,
      },
    ];
  },
};
