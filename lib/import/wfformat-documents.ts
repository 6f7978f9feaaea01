import type { GraphNode } from "@/lib/mongo/collections/workflows";
import { blankTask } from "@/lib/runs/blank-task";
import type { NewRun, NewTask } from "@/lib/runs/create";
import { countTasks } from "@/lib/runs/derive-status";
import { packSnapshot } from "@/lib/runs/snapshot";
import { derivedId } from "@/lib/workflows/fingerprint";
import type { WorkflowVersion } from "@/lib/workflows/mutations";
import type { WfformatFile } from "./wfformat-file";
import type { JoinedTask } from "./wfformat-graph";
import { layOutTimes } from "./wfformat-times";

/** Pegasus adds the time and number of the run to the name; without them, runs of one application share a name. */
export function applicationName(name: string): string {
  return name.replace(/(-\d{8}T\d{6}Z)?-0$/, "") || name;
}

/** `bowtie2_ID0000003` is a bowtie2, `NFCORE_BACASS.BACASS.FASTQC` a FASTQC. */
export function nodeTypeOf(name: string): string {
  const last = name.split(".").at(-1) ?? name;
  return last.replace(/_(ID)?\d+$/, "") || name;
}

export function toGraph({ content, tasks }: WfformatFile): GraphNode[] {
  const system = (content.runtimeSystem?.name ?? "wfformat").toLowerCase();
  return tasks.map(({ specification, parents }) => ({
    id: specification.id,
    name: specification.name,
    nodeType: nodeTypeOf(specification.name),
    nodeDefinitionId: `${system}:${nodeTypeOf(specification.name)}`,
    executorType: system,
    upstreamNodeIds: parents,
  }));
}

/** The run of a file and its tasks. Everything in them follows from the file, so importing it again makes the same. */
export function toRun(
  file: WfformatFile,
  place: { workspaceId: string; projectId: string },
  version: WorkflowVersion,
): { run: NewRun; tasks: NewTask[] } {
  const { content, executedAt } = file;
  const { execution, specification } = content.workflow;
  const makespanMs = Math.round(execution.makespanInSeconds * 1000);
  const runId = derivedId("run", place.workspaceId, file.sha256);
  const nodes = toGraph(file);
  const { times, cut } = layOutTimes(file.tasks, executedAt, makespanMs);
  const sizeOf = new Map(specification.files.map(({ id, sizeInBytes }) => [id, sizeInBytes]));
  const tasks = file.tasks.map((task, index): NewTask => {
    const { startedAt, finishedAt } = times.get(task.specification.id) ?? {
      startedAt: executedAt,
      finishedAt: executedAt,
    };
    return {
      ...blankTask(),
      _id: derivedId("task", runId, task.specification.id),
      projectId: place.projectId,
      workflowRunId: runId,
      workflowVersionId: version.versionId,
      ...nodeFields(nodes[index], task),
      executorConfig: executorConfigOf(task, sizeOf),
      status: "succeeded",
      deliveries: 1,
      summary: { outcome: "succeeded", startTimes: "laid out" },
      workerId: task.execution.machines?.[0] ?? null,
      queuedAt: startedAt,
      startedAt,
      finishedAt,
      durationMs: Math.round(task.execution.runtimeInSeconds * 1000),
      createdAt: executedAt,
    };
  });
  const counts = countTasks(tasks);
  const run: NewRun = {
    _id: runId,
    workflowDefinitionId: version.workflowId,
    workflowVersionId: version.versionId,
    projectId: place.projectId,
    triggeredBy: "import",
    status: "succeeded",
    runtimeSnapshot: packSnapshot(nodes),
    workflowName: applicationName(content.name),
    workflowVersionNumber: version.versionNumber,
    inputBindings: [],
    assetIds: [],
    datasetIds: [],
    taskCounts: counts,
    completedTaskCount: tasks.length,
    artifactCount: 0,
    stdoutLineCount: 0,
    stderrLineCount: 0,
    failedTaskIds: [],
    summary: {
      source: "wfformat",
      file: file.name,
      sha256: file.sha256,
      name: content.name,
      description: content.description ?? null,
      runtimeSystem: content.runtimeSystem ?? null,
      executedAt: execution.executedAt,
      machines: execution.machines,
      files: specification.files.length,
      fileBytes: specification.files.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0),
      taskSeconds: execution.tasks.reduce((sum, { runtimeInSeconds }) => sum + runtimeInSeconds, 0),
      startTimes: "laid out",
      startTimesNote:
        "The file has no start times: each task is placed as early as its upstream tasks allow. Durations are measured.",
      tasksPlacedAtEnd: cut,
    },
    aggSeq: 0,
    opSeqCounter: 0,
    control: null,
    cancelRequestedAt: null,
    retryOfRunId: null,
    startedAt: executedAt,
    finishedAt: new Date(executedAt.getTime() + makespanMs),
    durationMs: makespanMs,
    createdAt: executedAt,
    updatedAt: executedAt,
  };
  return { run, tasks };
}

function nodeFields(node: GraphNode | undefined, { specification, parents }: JoinedTask) {
  const { id, name } = specification;
  return {
    nodeId: id,
    nodeName: name,
    nodeType: node?.nodeType ?? nodeTypeOf(name),
    nodeDefinitionId: node?.nodeDefinitionId ?? id,
    executorType: node?.executorType ?? "wfformat",
    upstreamNodeIds: parents,
  };
}

/** What the file knows about how a task ran; a field it does not have is left out, not guessed. */
function executorConfigOf(
  { specification, execution }: JoinedTask,
  sizeOf: ReadonlyMap<string, number>,
): Record<string, unknown> {
  const { id: _id, runtimeInSeconds: _runtime, ...known } = execution;
  const { inputFiles, outputFiles } = specification;
  const files = {
    inputFiles,
    inputSizes: sizesOf(inputFiles, sizeOf),
    outputFiles,
    outputSizes: sizesOf(outputFiles, sizeOf),
  };
  return { ...withoutUndefined(known), ...withoutUndefined(files) };
}

/** In the order of the files; none unless the file states all of them. */
function sizesOf(files: string[], sizeOf: ReadonlyMap<string, number>): number[] | undefined {
  const sizes = files.flatMap((file) => sizeOf.get(file) ?? []);
  return sizes.length === files.length && sizes.length > 0 ? sizes : undefined;
}

function withoutUndefined(source: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined));
}
