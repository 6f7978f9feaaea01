import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { AttemptStory, RunTask, WorkflowRun } from "@/lib/mongo/collections/runs";
import type { CompletionAnswer, Held } from "@/lib/runs/advance";
import { artifactId } from "@/lib/runs/work/artifacts";
import { brokenArtifacts } from "./artifact-rules";
import { artifactName } from "./cast";
import { Killed, type Write } from "./interleave";
import { brokenAtRest, brokenBetween, brokenNow, isAtRest } from "./run-rules";
import { readAttempt, readRuns, readTasks } from "./seen";
import { acceptedFence, brokenBy, hasStory, isReset } from "./task-rules";
import type { VirtualClock } from "./virtual-clock";

/**
 * Looks at the runs of a seed after every write, before anybody else gets to act. It knows nothing but what is stored and what
 * workers were told; what it saw before tells it what a write has done.
 */
export class Watch {
  /** The first thing that was wrong; what follows from it tells nothing new. */
  violation: [invariant: string, evidence: string] | null = null;
  private readonly runIds: string[] = [];
  private runs = new Map<string, WorkflowRun>();
  private tasks = new Map<string, RunTask>();
  /** How often a person's retry was taken for a task. */
  private readonly retries = new Map<string, number>();
  /** `<task id>:<fence>` of every end that was accepted. */
  private readonly accepted = new Set<string>();
  resets = 0;

  constructor(
    private readonly scope: WorkspaceScope,
    private readonly clock: VirtualClock,
  ) {}

  violate(invariant: string, evidence: string): void {
    this.violation ??= [invariant, evidence];
  }

  /** What an actor did not expect. That a process was killed is what its remains hear from everything they still try. */
  fail(error: unknown): void {
    if (error instanceof Killed) return;
    this.violate("unexpected", error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** A worker was told what became of its end. It must be so. */
  told({ taskId, fence }: Held, answer: CompletionAnswer): void {
    const landed = this.accepted.has(`${taskId}:${fence}`);
    if (answer !== "fenced_out" && !landed)
      this.violate("I1", `the holder of ${taskId}:${fence} was told that its end counts, and it does not`);
    // What was accepted and then reset by a person counts for nothing any more, so either answer is true.
    if (answer === "fenced_out" && landed && this.tasks.get(taskId)?.completedFence === fence)
      this.violate(
        "I1",
        `the holder of ${taskId}:${fence} was told that its end does not count, and it does`,
      );
  }

  /** After each operation that wrote to a collection. */
  async look({ collection, inserted }: Write): Promise<void> {
    if (collection === "run_tasks") this.meet(inserted);
    if (this.runIds.length === 0) return;
    if (collection === "run_tasks") await this.lookAtTasks();
    else if (collection === "workflow_runs") await this.lookAtRuns();
    else return;
    for (const runId of this.runIds) this.report(brokenNow(this.runs.get(runId), this.tasksOf(runId)));
  }

  run(runId: string): WorkflowRun | undefined {
    return this.runs.get(runId);
  }

  tasksOf(runId: string): RunTask[] {
    return [...this.tasks.values()].filter(({ workflowRunId }) => workflowRunId === runId);
  }

  /** Those that are there for everybody. */
  get knownRuns(): string[] {
    return [...this.runs.keys()];
  }

  get hasQueued(): boolean {
    return [...this.tasks.values()].some(({ status }) => status === "queued");
  }

  /** Tasks before which everything is done. */
  retryable(runId: string): RunTask[] {
    const tasks = this.tasksOf(runId);
    const succeeded = new Set(tasks.flatMap(({ nodeId, status }) => (status === "succeeded" ? nodeId : [])));
    return tasks.filter(({ upstreamNodeIds }) => upstreamNodeIds.every((one) => succeeded.has(one)));
  }

  /** Nothing is to be done in any run. */
  get atRest(): boolean {
    return [...this.runs.values()].every((run) => isAtRest(run, this.tasksOf(run._id)));
  }

  /** When all has come to its end. */
  async lookAtTheEnd(): Promise<void> {
    for (const run of this.runs.values()) {
      const tasks = this.tasksOf(run._id);
      if (isAtRest(run, tasks)) this.report(brokenAtRest(run, tasks));
      else this.violate("I6", `the run came to no end: ${this.describe(run._id)}`);
    }
    const copied = [...this.runs.values()].flatMap(({ retryOfRunId }) => retryOfRunId ?? []);
    if (new Set(copied).size !== copied.length) this.violate("creation", "one click has made two runs");
    this.report(await brokenArtifacts(this.scope, [...this.tasks.values()]));
    for (const { _id, nodeId, attempt } of this.tasks.values()) {
      const should = 1 + (this.retries.get(_id) ?? 0);
      if (attempt !== should) this.violate("I4", `${nodeId} ends at attempt ${attempt} instead of ${should}`);
    }
  }

  /** A run counts from the first of its tasks on, long before it is there. */
  private meet(inserted: unknown[]): void {
    for (const task of inserted) {
      const runId = String(Reflect.get(Object(task), "workflowRunId"));
      if (!this.runIds.includes(runId)) this.runIds.push(runId);
    }
  }

  private async lookAtRuns(): Promise<void> {
    const before = this.runs;
    this.runs = await readRuns(this.scope, this.runIds);
    for (const [runId, run] of this.runs) {
      const was = before.get(runId);
      if (was) this.report(brokenBetween(was, run));
      if (run.control?.kind === "retry" && was?.control?.seq !== run.control.seq)
        for (const target of run.control.targets ?? [])
          this.retries.set(target, (this.retries.get(target) ?? 0) + 1);
    }
    for (const runId of before.keys())
      if (!this.runs.has(runId)) this.violate("creation", `the run ${runId} is gone`);
  }

  private async lookAtTasks(): Promise<void> {
    const before = this.tasks;
    this.tasks = await readTasks(this.scope, this.runIds);
    for (const [taskId, task] of this.tasks) {
      const was = before.get(taskId);
      if (!was) continue;
      this.report(brokenBy(was, task, this.clock.now));
      const fence = acceptedFence(was, task);
      if (fence !== null) this.accept(task, fence);
      if (isReset(was, task)) this.lookAtReset(was, task);
      if (was.ended && !task.ended) await this.lookAtPutAway(task, was.ended);
    }
    for (const taskId of before.keys())
      if (!this.tasks.has(taskId)) this.violate("lost", `the task ${taskId} is gone`);
  }

  /** I1: one end for each fence, and what it brought is what its holder made. */
  private accept(task: RunTask, fence: number): void {
    const key = `${task._id}:${fence}`;
    if (this.accepted.has(key)) this.violate("I1", `${key} was completed twice`);
    this.accepted.add(key);
    const own = artifactId({ _id: task._id, fence }, artifactName);
    const foreign = task.outputArtifactIds.find((id) => id !== own);
    if (foreign) this.violate("I1", `${key} was completed with ${foreign}, which somebody else made`);
  }

  /** No attempt is lost: the write that makes a task forget what happened in it keeps it on the task. */
  private lookAtReset(before: RunTask, { ended }: RunTask): void {
    this.resets++;
    if (hasStory(before)) this.compareAttempt(before, before, ended);
  }

  /** And from there it goes among the attempts before the task forgets it too. */
  private async lookAtPutAway({ _id, nodeId }: RunTask, ended: AttemptStory): Promise<void> {
    if (hasStory(ended))
      this.compareAttempt({ nodeId }, ended, await readAttempt(this.scope, _id, ended.fence));
  }

  private compareAttempt(
    { nodeId }: Pick<RunTask, "nodeId">,
    before: Pick<RunTask, keyof AttemptStory & keyof RunTask>,
    attempt: AttemptStory | null | undefined,
  ): void {
    if (attempt?.fence !== before.fence) {
      this.violate("attempts", `${nodeId} was reset at fence ${before.fence} and its attempt is lost`);
      return;
    }
    for (const field of ["status", "attempt", "workerId", "errorMessage", "stdoutCount"] as const)
      if (attempt[field] !== before[field])
        this.violate(
          "attempts",
          `${field} of attempt ${before.fence} of ${nodeId} is ${attempt[field]}, it was ${before[field]}`,
        );
    if (attempt.outputArtifactIds.join() !== before.outputArtifactIds.join())
      this.violate("attempts", `attempt ${before.fence} of ${nodeId} has lost its artifacts`);
  }

  private describe(runId: string): string {
    const run = this.runs.get(runId);
    if (!run) return "it is not there";
    const tasks = this.tasksOf(runId).map(
      ({ nodeId, status, hold }) => `${nodeId} ${status}${hold ? ` (${hold})` : ""}`,
    );
    return `${run.status}, ${JSON.stringify(run.control)}, ${tasks.join(", ")}; counts ${JSON.stringify(run.taskCounts)}`;
  }

  private report(broken: Iterable<[string, string]>): void {
    for (const [invariant, evidence] of broken) this.violate(invariant, evidence);
  }
}
