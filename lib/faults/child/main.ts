import { archiveEpisode } from "@/lib/archive/archiver";
import { copyRestore } from "@/lib/archive/restore/copy";
import { listRestores } from "@/lib/archive/restore/request";
import { scopeForWorker } from "@/lib/auth/access";
import { type Batch, ingestBatch } from "@/lib/logs/ingest";
import { switchObjectStore } from "@/lib/objects/store";
import { parsedEntries } from "../lines";
import { operate } from "../runs/processes/operate";
import { openStore } from "../stores";
import { shiftClock } from "./clock";
import type { FromChild, Outcome, Stop, Task, ToChild } from "./protocol";

/*
 * A process of its own that archives or writes once, and is stopped on the way. It is started ahead of its task, because
 * starting takes longer than everything it does.
 */

let letGo = () => {};

process.on("message", (message: ToChild) => {
  if (message.type === "go") letGo();
  else void perform(message.task);
});
// Nobody is left to tell the result to.
process.on("disconnect", () => process.exit(0));
void tell({ type: "ready" });

async function perform(task: Task): Promise<void> {
  try {
    if (task.clockShiftMs) shiftClock(task.clockShiftMs);
    await tell({ type: "done", outcome: await outcomeOf(task) });
  } catch (error) {
    await tell({
      type: "failed",
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

async function outcomeOf(task: Task): Promise<Outcome> {
  switchObjectStore(openStore(task.store));
  const scope = await scopeForWorker(task.workspaceId);
  if (!scope) throw new Error(`There is no workspace ${task.workspaceId}`);
  const onPoint = task.stop ? stopAt(task.stop) : () => {};
  if (task.kind === "operate") {
    const { ok } = await operate(scope, task.wish, onPoint);
    return { operated: { ok }, maxRssBytes: maxRssBytes() };
  }
  if (task.kind === "ingest") {
    const { episodeId, batchId, lines } = task;
    const batch: Batch = { episodeId, batchId, entries: parsedEntries(lines), final: true };
    return { ingest: await ingestBatch(scope, batch, onPoint), maxRssBytes: maxRssBytes() };
  }
  if (task.kind === "restore") {
    const [restore] = await listRestores(scope, task.episodeId);
    if (!restore) throw new Error(`Nothing of ${task.episodeId} is to be restored`);
    await copyRestore(scope, restore, { onPoint });
    return { maxRssBytes: maxRssBytes() };
  }
  const { trigger, everything, ttlMs, times = 1 } = task;
  const archive = await Promise.all(
    Array.from({ length: times }, () =>
      archiveEpisode(scope, task.episodeId, { trigger, everything, ttlMs, onPoint }),
    ),
  );
  return { archive, maxRssBytes: maxRssBytes() };
}

function stopAt({ at, nth, how, afterMs }: Stop): (point: string) => Promise<void> {
  let reached = 0;
  return async (point) => {
    if (point !== at || ++reached !== nth) return;
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await tell({ type: "at", point });
    if (how === "wait") return gone;
    if (how === "announce") return;
    if (afterMs !== undefined) {
      setTimeout(() => strike(how), afterMs);
      return;
    }
    strike(how);
    // A signal to oneself may take effect a moment later; nothing of the step may happen in between.
    if (how === "kill") await new Promise(() => {});
  };
}

function strike(how: "kill" | "pause"): void {
  process.kill(process.pid, how === "kill" ? "SIGKILL" : "SIGSTOP");
}

function tell(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

function maxRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
