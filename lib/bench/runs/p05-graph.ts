import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { getRunGraph } from "@/lib/runs/queries";
import { inBrowser } from "../explorer/browser";
import type { Bench, Figure, Goal } from "../goal";
import { median, milliseconds, timed } from "../measure";
import { makeGraphRun } from "./graph-run";
import { graphPainted, watchBlocks } from "./run-page-watch";

const small = 100;
const large = 1_000;
const opens = 8;
const layouts = 30;

/** A graph from its stored nodes to its first picture: what grows with the graph, and what a person waits for. */
export const goal: Goal = {
  id: "P5",
  title:
    "graph of 1,000 nodes against 100: build, layout, first paint; the longest block of the main thread; payload",
  async run(bench) {
    const scope = await bench.workspace();
    const runs = { small: "", large: "" };
    runs.small = (await makeGraphRun(scope, small, bench.seed)).runId;
    runs.large = (await makeGraphRun(scope, large, bench.seed)).runId;
    const layout = {
      small: await layoutTime(scope, runs.small),
      large: await layoutTime(scope, runs.large),
    };
    const painted = await firstPaints(bench, scope, runs);
    const ours = layout.large + median(painted.large.times);
    const baseline = layout.small + median(painted.small.times);
    return [
      {
        id: "P5",
        name: "read, layout and first paint of 1,000 nodes against 100",
        value: ours / baseline,
        unit: "x",
        goal: { atMost: 12 },
        ours: `${milliseconds(ours)}, layout ${milliseconds(layout.large)}`,
        baseline: `${milliseconds(baseline)}, layout ${milliseconds(layout.small)}`,
      },
      {
        id: "P5",
        name: "longest block of the main thread while 1,000 nodes are opened, median",
        value: Math.round(median(painted.large.blocks)),
        unit: "ms",
        goal: { atMost: 50 },
        ours: painted.large.blocks.map((ms) => Math.round(ms)).join(", "),
        baseline: `${painted.small.blocks.map((ms) => Math.round(ms)).join(", ")} with 100 nodes`,
      },
      await payload(bench, scope, runs.large),
    ] satisfies Figure[];
  },
};

/** Read and laid out on the server, as for every first view. */
async function layoutTime(scope: WorkspaceScope, runId: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < layouts; round++) times.push((await timed(() => getRunGraph(scope, runId))).ms);
  return median(times.slice(layouts / 3));
}

interface Opened {
  times: number[];
  blocks: number[];
}

/** Both graphs in turn, every task in a box of its own. */
function firstPaints(bench: Bench, scope: WorkspaceScope, runs: Record<"small" | "large", string>) {
  return inBrowser(bench, scope, async (page, url) => {
    await watchBlocks(page);
    const opened: Record<"small" | "large", Opened> = {
      small: { times: [], blocks: [] },
      large: { times: [], blocks: [] },
    };
    for (let round = 0; round <= opens; round++) {
      for (const size of ["small", "large"] as const) {
        bench.signal.throwIfAborted();
        await page.goto(`${url}/w/${scope.workspaceSlug}/runs/${runs[size]}?fold=false`);
        const ms = await graphPainted(page);
        await page.waitForLoadState("networkidle").catch(() => {});
        const block = await page.evaluate(() => window.longestBlockMs ?? Number.NaN);
        // The first one fills the browser's caches.
        if (round === 0) continue;
        opened[size].times.push(ms);
        opened[size].blocks.push(block);
      }
    }
    return opened;
  });
}

/** What the browser takes over the wire before it can draw the page. */
async function payload(bench: Bench, scope: WorkspaceScope, runId: string): Promise<Figure> {
  const bytes = await inBrowser(bench, scope, async (page, url) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    const sent = new Promise<number>((loaded) => {
      let document: string | null = null;
      session.on("Network.responseReceived", ({ requestId, type }) => {
        if (type === "Document") document ??= requestId;
      });
      session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
        if (requestId === document) loaded(encodedDataLength);
      });
    });
    await page.goto(`${url}/w/${scope.workspaceSlug}/runs/${runId}`);
    return sent;
  });
  return {
    id: "P5",
    name: "first payload of a run page with 1,000 tasks, as sent",
    value: Math.round(bytes / 100) / 10_000,
    unit: "MB",
    goal: { atMost: 0.15 },
    ours: `${Math.round(bytes / 1000)} kB`,
    baseline: "150 kB",
  };
}
