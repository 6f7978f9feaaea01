import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type RunTask, runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { Held } from "@/lib/runs/advance";
import { countTasks } from "@/lib/runs/derive-status";
import { runStatus, taskStatus, taskStatuses } from "@/lib/runs/status";

/** Looks at a run after every step, and remembers what it should have come to. */
export class Watch {
  /** The first thing that was wrong; what follows from it tells nothing new. */
  violation: [invariant: string, evidence: string] | null = null;
  /** Tasks that a person's retry was taken for. */
  readonly retried: string[] = [];
  over = false;
  status = "queued";
  private readonly completions = new Set<string>();
  private snapshot: string | null = null;

  constructor(
    private readonly scope: WorkspaceScope,
    private readonly runId: string,
    private readonly size: number,
  ) {}

  violate(invariant: string, evidence: string): void {
    this.violation ??= [invariant, evidence];
  }

  fail(error: unknown): void {
    this.violate("unexpected", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** I1: of all workers that held a task under one fence, one is believed. */
  accepted({ taskId, fence }: Held, outcome: string): void {
    const key = `${taskId}:${fence}`;
    if (this.completions.has(key))
      this.violate("I1", `${key} was completed twice, the second time as ${outcome}`);
    this.completions.add(key);
  }

  async look(): Promise<void> {
    const { run, tasks } = await this.read();
    const statusOf = new Map(tasks.map((task) => [task.nodeId, task.status]));
    for (const task of tasks) {
      const { nodeId, status, attempt, leaseExpiresAt, completedFence } = task;
      if (status === "queued" || status === "running") {
        const early = task.upstreamNodeIds.find((upstream) => statusOf.get(upstream) !== "succeeded");
        if (early) this.violate("I2", `${nodeId} is ${status} and ${early} is ${statusOf.get(early)}`);
      }
      if (status === "running" && leaseExpiresAt === null)
        this.violate("I5", `${nodeId} runs without a lease`);
      if (attempt > 1 + this.retriesOf(task)) this.violate("I4", `${nodeId} is at attempt ${attempt}`);
      if (completedFence !== undefined && completedFence >= task.fence)
        this.violate("I1", `${nodeId} was completed under fence ${completedFence} and is at ${task.fence}`);
    }
    if (runStatus[run.status].final) {
      const open = tasks.find(({ status }) => !taskStatus[status].final);
      if (open) this.violate("I3", `the run is ${run.status} and ${open.nodeId} is ${open.status}`);
    }
    const sum = taskStatuses.reduce((all, status) => all + run.taskCounts[status], 0);
    if (sum !== this.size) this.violate("I7", `the counts add up to ${sum} of ${this.size}`);
    this.lookAtFrozen(run);
    this.status = run.status;
  }

  /** Everything is over, nothing is under way, and what the run says is what its tasks are. */
  async hasConverged(): Promise<boolean> {
    const { run, tasks } = await this.read();
    if (!runStatus[run.status].final || run.control !== null) return false;
    if (tasks.some(({ status }) => !taskStatus[status].final)) return false;
    const counts = countTasks(tasks);
    if (taskStatuses.some((status) => counts[status] !== run.taskCounts[status])) return false;
    for (const task of tasks) {
      if (task.attempt !== 1 + this.retriesOf(task))
        this.violate(
          "I4",
          `${task.nodeId} ends at attempt ${task.attempt} after ${this.retriesOf(task)} retries`,
        );
    }
    return true;
  }

  private retriesOf({ _id }: RunTask): number {
    return this.retried.filter((target) => target === _id).length;
  }

  /** I8 */
  private lookAtFrozen({ runtimeSnapshot, inputBindings, assetIds, datasetIds }: WorkflowRun): void {
    const now = JSON.stringify([runtimeSnapshot, inputBindings, assetIds, datasetIds]);
    this.snapshot ??= now;
    if (this.snapshot !== now) this.violate("I8", "what the run was made from has changed");
  }

  private async read(): Promise<{ run: WorkflowRun; tasks: RunTask[] }> {
    const store = scoped(this.scope);
    const tasks = await store
      .collection(runTasks)
      .find({ workflowRunId: this.runId }, { sort: { nodeId: 1 } })
      .toArray();
    const run = await store.collection(workflowRuns).findOne({ _id: this.runId });
    if (!run) throw new Error("The run is gone");
    return { run, tasks };
  }
}
