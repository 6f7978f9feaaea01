import "server-only";
import { gzipSync } from "node:zlib";
import { formatDuration, formatRelative, shortenId } from "@/lib/format";
import { packRunPage } from "@/lib/runs/list/packed";
import { getRun, getRunGraph, listRuns, listRunTasks } from "@/lib/runs/queries";
import type { RunRow } from "@/lib/runs/schema";
import { runStatus } from "@/lib/runs/status";
import type { Goal } from "../goal";
import { makeGraphRun } from "./graph-run";
import { manyRuns } from "./many-runs";

const tasks = 1_000;
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/** What travels for a row against what a person reads of it; and what a large run's page begins with. */
export const goal: Goal = {
  id: "P4",
  title: "bytes of a row of the run list against its visible text; a run page of 1,000 tasks",
  async run(bench) {
    const scope = await manyRuns(bench, 10_000);
    const page = await listRuns(scope, {});
    const sent = bytesOf(packRunPage(page)) / page.runs.length;
    const read =
      page.runs.reduce((sum, run) => sum + Buffer.byteLength(visibleText(run)), 0) / page.runs.length;
    const { runId } = await makeGraphRun(scope, tasks, bench.seed, "payload");
    const first = [
      await getRun(scope, runId),
      await listRunTasks(scope, runId),
      await getRunGraph(scope, runId),
    ];
    const packed = gzipSync(JSON.stringify(first)).length;
    return [
      {
        id: "P4",
        name: "bytes of a row",
        value: sent / read,
        unit: "x",
        goal: { atMost: 4 },
        ours: `${Math.round(sent)} bytes a row`,
        baseline: `${Math.round(read)} bytes of text`,
      },
      {
        id: "P4",
        name: "run page, gzip",
        value: packed / 1e6,
        unit: "MB",
        goal: { atMost: 0.15 },
        ours: `${Math.round(packed / 1e3)} kB for ${tasks.toLocaleString("en")} tasks`,
        baseline: `${Math.round(bytesOf(first) / 1e3)} kB before`,
      },
    ];
  },
};

/** The text of a row as the table writes it. */
function visibleText(run: RunRow): string {
  const { succeeded } = run.taskCounts;
  const total = Object.values(run.taskCounts).reduce((sum, count) => sum + count, 0);
  return [
    runStatus[run.status].label,
    `${run.workflowName} v${run.versionNumber}`,
    shortenId(run.id),
    run.inputs[0]?.id ?? "none",
    `${succeeded} / ${total}`,
    run.durationMs === null ? "unknown" : formatDuration(run.durationMs),
    run.startedAt === null ? "not yet" : formatRelative(run.startedAt),
    run.triggeredBy,
  ].join(" ");
}
