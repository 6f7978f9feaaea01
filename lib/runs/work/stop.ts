export type StopReason = "cancelled" | "timed_out" | "lost" | "stopping";

const sentences = {
  cancelled: "The run was cancelled.",
  timed_out: "The task took longer than it may.",
  lost: "The task was given to another worker.",
  stopping: "The worker stops.",
} satisfies Record<StopReason, string>;

/** Why a task's signal was aborted; what its executor throws then. */
export class TaskStop extends Error {
  constructor(
    readonly reason: StopReason,
    message = sentences[reason],
  ) {
    super(message);
    this.name = "TaskStop";
  }
}
