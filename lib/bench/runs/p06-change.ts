import "server-only";
import type { Page } from "playwright";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inBrowser } from "../explorer/browser";
import type { Bench, Figure, Goal } from "../goal";
import { median, milliseconds } from "../measure";
import { type GraphRun, makeGraphRun } from "./graph-run";
import { busyMs, elementsInView, graphPainted, metricsOf } from "./run-page-watch";
import { changesOf, make, type TaskChange } from "./task-changes";

const changesMeasured = 30;
const warmUps = 6;

/** What one change of a task's status costs the page that shows the run, and what the page holds. */
export const goal: Goal = {
  id: "P6",
  title:
    "one status change on a graph of 1,000 nodes against 100; elements in the window at 1,000 and 10,000 tasks",
  async run(bench) {
    const scope = await bench.workspace();
    const small = await makeGraphRun(scope, 100, bench.seed);
    const large = await makeGraphRun(scope, 1_000, bench.seed);
    const huge = await makeGraphRun(scope, 10_000, bench.seed);
    return inBrowser(bench, scope, async (page, url) => {
      const address = ({ runId }: GraphRun) => `${url}/w/${scope.workspaceSlug}/runs/${runId}?fold=false`;
      const baseline = await costOfChanges(bench, scope, page, small, address(small));
      const ours = await costOfChanges(bench, scope, page, large, address(large));
      const counts: Figure[] = [];
      for (const [name, run] of [
        ["1,000", large],
        ["10,000", huge],
      ] as const) {
        await page.goto(address(run));
        await graphPainted(page);
        const elements = await elementsInView(page);
        counts.push({
          id: "P6",
          name: `elements of graph and Gantt in the window with ${name} tasks`,
          value: elements,
          unit: "count",
          goal: { atMost: 400 },
          ours: `${elements}, every task in a box of its own`,
          baseline: "1440 x 900",
        });
      }
      return [
        {
          id: "P6",
          name: "work of the page for one status change, 1,000 nodes against 100",
          value: median(ours) / median(baseline),
          unit: "x",
          goal: { atMost: 1.5 },
          ours: milliseconds(median(ours)),
          baseline: milliseconds(median(baseline)),
        },
        ...counts,
      ];
    });
  },
};

/** Work of the main thread from a change until the page shows it, by change. */
async function costOfChanges(
  bench: Bench,
  scope: WorkspaceScope,
  page: Page,
  { runId, rootIds }: GraphRun,
  address: string,
): Promise<number[]> {
  await page.goto(address);
  await graphPainted(page);
  await page.getByText(/^live, as of/).waitFor();
  const session = await metricsOf(page);
  const costs: number[] = [];
  for (const change of changesOf(rootIds).slice(0, changesMeasured + warmUps)) {
    bench.signal.throwIfAborted();
    const before = await busyMs(session);
    await make(scope, runId, change);
    await shown(page, change);
    costs.push((await busyMs(session)) - before);
  }
  return costs.slice(warmUps);
}

/** Until the header counts the change; one task at a time is at work. */
function shown(page: Page, { status }: TaskChange) {
  return page.waitForFunction(
    (running) => (document.querySelector('button[aria-label$=" running"]') !== null) === running,
    status === "running",
    { polling: "raf" },
  );
}
