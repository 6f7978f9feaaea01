/** Statuses of a run, in the order they are shown everywhere. */
export const runStatuses = ["queued", "running", "cancelling", "succeeded", "failed", "cancelled"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** Statuses of a task, in the order they are shown everywhere. */
export const taskStatuses = ["pending", "queued", "running", "succeeded", "failed", "skipped", "cancelled"] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export type StatusTone = "ok" | "run" | "fail" | "warn" | "off";

interface StatusDescription {
  label: string;
  tone: StatusTone;
  /** Nothing changes any more unless a person asks for a retry. */
  final: boolean;
}

export const runStatus = {
  queued: { label: "Queued", tone: "off", final: false },
  running: { label: "Running", tone: "run", final: false },
  cancelling: { label: "Cancelling", tone: "warn", final: false },
  succeeded: { label: "Succeeded", tone: "ok", final: true },
  failed: { label: "Failed", tone: "fail", final: true },
  cancelled: { label: "Cancelled", tone: "off", final: true },
} as const satisfies Record<RunStatus, StatusDescription>;

export const taskStatus = {
  pending: { label: "Pending", tone: "off", final: false },
  queued: { label: "Queued", tone: "off", final: false },
  running: { label: "Running", tone: "run", final: false },
  succeeded: { label: "Succeeded", tone: "ok", final: true },
  failed: { label: "Failed", tone: "fail", final: true },
  skipped: { label: "Skipped", tone: "off", final: true },
  cancelled: { label: "Cancelled", tone: "off", final: true },
} as const satisfies Record<TaskStatus, StatusDescription>;
