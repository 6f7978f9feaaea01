import { formatDuration, formatPlural } from "@/lib/format";
import { isCancel, type RunEvent } from "./events";
import type { RunAct } from "./past-schema";
import { runStatus, type StatusShape, type StatusTone, taskStatus } from "./status";
import { headline } from "./task-reason";

export interface EventWords {
  /** What happened, to be read behind the task's name where there is one. */
  text: string;
  /** More about it, in the quiet tone. */
  note: string | null;
  tone: StatusTone;
  /** A person's act is none of the statuses: a disc. */
  shape?: StatusShape | "disc";
}

/** An event as a person says it. */
export function eventWords(event: RunEvent): EventWords {
  switch (event.kind) {
    case "created":
      return quiet("Run made", event.retryOf ? `by ${event.by}, again after another run` : `by ${event.by}`);
    case "over": {
      const { label, tone, shape } = runStatus[event.status];
      const after = event.durationMs === null ? null : `after ${formatDuration(event.durationMs)}`;
      return { text: `Run ${label.toLowerCase()}`, note: after, tone, shape };
    }
    case "act":
      return {
        text: actWords(event.act),
        note: event.act.reason,
        tone: isCancel(event.act.action) ? "warn" : "run",
        shape: "disc",
      };
    case "cancel_requested":
      return { text: "Cancellation asked for", note: null, tone: "warn" };
    case "queued":
      return quiet("queued", again(event.attempt));
    case "started": {
      const where = event.workerId ? `on ${event.workerId}` : null;
      if (event.stalls === 0)
        return { text: "started", note: join(where, again(event.attempt)), tone: "run", shape: "ring" };
      const lost = event.stalls === 1 ? "once" : `${event.stalls} times`;
      return { text: "started again", note: join(where, `its worker was lost ${lost} before`), tone: "warn" };
    }
    case "ended": {
      const { label, tone, shape } = taskStatus[event.status];
      const after = event.durationMs === null ? null : `after ${formatDuration(event.durationMs)}`;
      return { text: label.toLowerCase(), note: join(after, headline(event.errorMessage)), tone, shape };
    }
  }
}

const acts: Readonly<Record<string, (act: RunAct) => string>> = {
  "run.cancel": () => "cancelled the run",
  "run.retry_tasks": ({ taskIds }) =>
    taskIds.length === 0 ? "retried tasks" : `retried ${formatPlural(taskIds.length, "task")}`,
};

const actors: Readonly<Record<RunAct["actor"], string>> = {
  user: "Somebody",
  token: "A program with an API token",
  worker: "The worker",
  command: "A command",
};

/** "Ines Okafor retried 2 tasks"; an act that is not known here stands as it was recorded. */
export function actWords(act: RunAct): string {
  const words = acts[act.action]?.(act) ?? act.action;
  return `${act.person ?? actors[act.actor]} ${words}`;
}

function quiet(text: string, note: string | null): EventWords {
  return { text, note, tone: "off", shape: "ring" };
}

function again(attempt: number): string | null {
  return attempt > 1 ? `attempt ${attempt}` : null;
}

function join(...parts: (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(", ") || null;
}
