import "server-only";
import type { Page } from "playwright";
import { inBrowser } from "../explorer/browser";
import type { Goal } from "../goal";
import { milliseconds, percentile } from "../measure";
import { makeGraphRun } from "./graph-run";
import { framesSeen, graphPainted, watchFrames } from "./run-page-watch";

const rounds = 6;
const turns = 80;
const wheelStep = 90;

/** Somebody who skims the Gantt. Rows outside the window are not in the document, so their number should not be felt. */
export const goal: Goal = {
  id: "P7",
  title: "scrolling the Gantt at 10,000 rows against 100: frames",
  async run(bench) {
    const scope = await bench.workspace();
    const small = await makeGraphRun(scope, 100, bench.seed);
    const huge = await makeGraphRun(scope, 10_000, bench.seed);
    return inBrowser(bench, scope, async (page, url) => {
      const frames: Record<string, number[]> = { small: [], huge: [] };
      // In turn, so that both feel the same neighbours; the first round warms up.
      for (let round = 0; round <= rounds; round++) {
        for (const [name, { runId }] of Object.entries({ small, huge })) {
          bench.signal.throwIfAborted();
          await page.goto(`${url}/w/${scope.workspaceSlug}/runs/${runId}?fold=true`);
          await graphPainted(page);
          const seen = await scroll(page);
          if (round > 0) frames[name]?.push(...seen);
        }
      }
      const ours = percentile(frames.huge ?? [], 0.95);
      const baseline = percentile(frames.small ?? [], 0.95);
      return [
        {
          id: "P7",
          name: "frame while the Gantt scrolls, 95th percentile, 10,000 rows against 100",
          value: ours / baseline,
          unit: "x",
          goal: { atMost: 1.3 },
          ours: `${milliseconds(ours)}, median ${milliseconds(percentile(frames.huge ?? [], 0.5))}`,
          baseline: `${milliseconds(baseline)}, median ${milliseconds(percentile(frames.small ?? [], 0.5))}`,
        },
      ];
    });
  },
};

/** Down and up again within what a hundred rows have to scroll. */
async function scroll(page: Page): Promise<number[]> {
  await page.getByRole("table", { name: "Gantt" }).hover();
  await watchFrames(page);
  for (let turn = 0; turn < turns; turn++)
    await page.mouse.wheel(0, Math.floor(turn / 10) % 2 === 0 ? wheelStep : -wheelStep);
  return framesSeen(page);
}
