import { setTimeout as sleep } from "node:timers/promises";
import { filesOf, type ReplayConfig, replayConfig } from "@/lib/replay/config";
import { type Part, partOf } from "@/lib/replay/part";
import { configOf } from "./config";
import type { Executor, TaskWork } from "./executor";

/** Lines that are due sooner than this are said at once: at high speed a task is no thousand tiny pauses. */
const shortestPauseMs = 20;

/** Plays a task again as it was recorded: its time, its log, what it produced, and failures at a seeded rate. */
export const replay: Executor = {
  async run(work) {
    const config = configOf(work.task, replayConfig);
    const { nodeId, nodeType, attempt } = work.task;
    const part = partOf(config, { runId: work.run._id, nodeId, nodeType, attempt });
    await play(part, work);
    const { errorMessage } = part;
    if (errorMessage !== null) return { outcome: "failed", errorMessage };
    await keepResult(config, work);
    return { outcome: "succeeded", preview: previewOf(config) };
  },
};

/** Each line at its time. A pause that the signal ends throws, and so ends the task. */
async function play({ lines, lastsMs }: Part, { log, signal }: TaskWork): Promise<void> {
  const begun = performance.now();
  for (const { at, stream, message, level } of lines) {
    const waitMs = at * lastsMs - (performance.now() - begun);
    if (waitMs > shortestPauseMs) await sleep(waitMs, undefined, { signal });
    log(stream, message, level);
  }
  const restMs = lastsMs - (performance.now() - begun);
  if (restMs > 0) await sleep(restMs, undefined, { signal });
}

/** The files themselves are long gone: what is kept is the list of them. Without files, what the node says it makes. */
async function keepResult(config: ReplayConfig, { task, run, artifact }: TaskWork): Promise<void> {
  const { outputFiles, outputSizes } = config;
  if (outputFiles.length > 0) {
    const count = outputFiles.length === 1 ? "1 output file" : `${outputFiles.length} output files`;
    await artifact({
      type: "file list",
      title: count,
      name: "outputs",
      json: filesOf(outputFiles, outputSizes),
    });
  } else if (task.artifactType !== null) {
    const { artifactType: type, artifactTitle, nodeId, nodeName, attempt } = task;
    const made = {
      workflow: run.workflowName,
      run: run._id,
      node: nodeId,
      attempt,
      datasets: run.datasetIds,
    };
    await artifact({ type, title: artifactTitle ?? nodeName, name: "result", json: made });
  }
}

function previewOf({ durationMs, inputFiles, outputFiles, readBytes, writtenBytes }: ReplayConfig) {
  return {
    recordedMs: durationMs,
    ...(inputFiles.length > 0 && { inputFiles: inputFiles.length }),
    ...(outputFiles.length > 0 && { outputFiles: outputFiles.length }),
    ...(readBytes !== null && { readBytes }),
    ...(writtenBytes !== null && { writtenBytes }),
  };
}
