/** Statuses of a run, in the order they are shown everywhere. */
export const runStatuses = ["queued", "running", "cancelling", "succeeded", "failed", "cancelled"] as const;
export type RunStatus = (typeof runStatuses)[number];

/** The state of a run in a sentence: "The run has failed." */
export const runHasState = {
  queued: "is queued",
  running: "is running",
  cancelling: "is being cancelled",
  succeeded: "has succeeded",
  failed: "has failed",
  cancelled: "is cancelled",
} as const satisfies Record<RunStatus, string>;

/** Statuses of a task, in the order they are shown everywhere. */
export const taskStatuses = [
  "pending",
  "queued",
  "running",
  "succeeded",
  "failed",
  "skipped",
  "cancelled",
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export type StatusTone = "ok" | "run" | "fail" | "warn" | "off";
/** The glyph. Shape, word, colour, in that order: a page printed in grey still reads. */
export type StatusShape =
  | "check"
  | "cross"
  | "turning"
  | "warning"
  | "dashed"
  | "ring"
  | "skipped"
  | "stopped";

interface StatusDescription {
  label: string;
  tone: StatusTone;
  shape: StatusShape;
  /** Nothing changes any more unless a person asks for a retry. */
  final: boolean;
}

export const runStatus = {
  queued: { label: "Queued", tone: "off", shape: "dashed", final: false },
  running: { label: "Running", tone: "run", shape: "turning", final: false },
  cancelling: { label: "Cancelling", tone: "warn", shape: "warning", final: false },
  succeeded: { label: "Succeeded", tone: "ok", shape: "check", final: true },
  failed: { label: "Failed", tone: "fail", shape: "cross", final: true },
  cancelled: { label: "Cancelled", tone: "off", shape: "stopped", final: true },
} as const satisfies Record<RunStatus, StatusDescription>;

export const taskStatus = {
  pending: { label: "Pending", tone: "off", shape: "ring", final: false },
  queued: { label: "Queued", tone: "off", shape: "dashed", final: false },
  running: { label: "Running", tone: "run", shape: "turning", final: false },
  succeeded: { label: "Succeeded", tone: "ok", shape: "check", final: true },
  failed: { label: "Failed", tone: "fail", shape: "cross", final: true },
  skipped: { label: "Skipped", tone: "off", shape: "skipped", final: true },
  cancelled: { label: "Cancelled", tone: "off", shape: "stopped", final: true },
} as const satisfies Record<TaskStatus, StatusDescription>;
