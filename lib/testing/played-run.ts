import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type Completion, type CompletionAnswer, completeTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";
import { claimNext } from "@/lib/runs/claim";
import { createRuns } from "@/lib/runs/create";
import { finishOperation } from "@/lib/runs/redrive";
import { settleAfter } from "@/lib/runs/settle";
import { successOf } from "@/lib/runs/work/finish";
import { newRunOf, newTaskOf } from "./run-documents";

export const done: Completion = {
  outcome: "succeeded",
  errorMessage: null,
  stdoutCount: 3,
  stderrCount: 0,
  outputArtifactIds: [],
  lastResultPreview: null,
};
const broken: Completion = { ...done, outcome: "failed", errorMessage: "out of memory", stderrCount: 2 };

/** A run that a test plays the worker of: `b` and `d` after `a`, `c` after `b`, `e` after `c` and `d`. */
export class PlayedRun {
  readonly id = `run-${randomBytes(6).toString("hex")}`;

  private constructor(readonly scope: WorkspaceScope) {}

  static async create(scope: WorkspaceScope): Promise<PlayedRun> {
    const made = new PlayedRun(scope);
    const task = (nodeId: string, ...upstreamNodeIds: string[]) =>
      newTaskOf(made.id, nodeId, { upstreamNodeIds, executorType: "process" });
    const tasks = [task("a"), task("b", "a"), task("c", "b"), task("d", "a"), task("e", "c", "d")];
    await createRuns(scope, [newRunOf(made.id, tasks)]);
    return made;
  }

  taskId(nodeId: string): string {
    return `${this.id}.${nodeId}`;
  }

  async task(nodeId: string): Promise<RunTask> {
    const task = await scoped(this.scope)
      .collection(runTasks)
      .findOne({ _id: this.taskId(nodeId) });
    if (!task) throw new Error(`There is no task ${nodeId}`);
    return task;
  }

  async stored(): Promise<WorkflowRun> {
    const found = await scoped(this.scope).collection(workflowRuns).findOne({ _id: this.id });
    if (!found) throw new Error("There is no run");
    return found;
  }

  /** "a succeeded, b failed, …" */
  async statuses(): Promise<string> {
    const all = await scoped(this.scope)
      .collection(runTasks)
      .find({ workflowRunId: this.id }, { sort: { nodeId: 1 } })
      .toArray();
    return all.map(({ nodeId, status }) => `${nodeId} ${status}`).join(", ");
  }

  /** Of what is in the queue, the first. */
  async claim(): Promise<RunTask> {
    const task = await this.next();
    if (!task) throw new Error("Nothing to claim");
    return task;
  }

  async end(task: RunTask, completion: Completion): Promise<CompletionAnswer> {
    const answer = await completeTask(this.scope, { taskId: task._id, fence: task.fence }, completion);
    await settleAfter(this.scope, this.id, [task.nodeId], successOf(task, completion, answer));
    await aggregateRun(this.scope, this.id);
    return answer;
  }

  /** Plays what can be played; `failing` fail. */
  async play(failing: string[] = [], most = 100): Promise<void> {
    for (let n = 0; n < most; n++) {
      const task = await this.next();
      if (!task) return;
      await this.end(task, failing.includes(task.nodeId) ? broken : done);
    }
  }

  /** The process that drives an operation dies at a step, and later somebody finds what it left. */
  async killedAt<S extends string>(step: S, operation: (onStep: (at: S) => void) => Promise<unknown>) {
    const killed = new Error("killed");
    await expect(
      operation((at) => {
        if (at === step) throw killed;
      }),
    ).rejects.toBe(killed);
    await finishOperation(this.scope, await this.stored());
  }

  private next(): Promise<RunTask | null> {
    return claimNext(this.scope, { executors: ["process"], workerId: "worker-1" });
  }
}
