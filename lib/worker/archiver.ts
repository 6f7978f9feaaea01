import "server-only";
import { archiveEpisode } from "@/lib/archive/archiver";
import { dueFor } from "@/lib/archive/due";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { Job } from "./job";
import { logEvent } from "./log";

const episodesPerRound = 50;
const firstPauseMs = 5_000;
const lastPauseMs = 5 * 60_000;

/** Archives what is due: asked for, ended, above its threshold, or cut short by an archiver that died. */
export function archiverJob(): Job {
  const pauses = new Pauses();
  return {
    name: "archiver",
    idleMs: 2_000,
    run: async (signal) => {
      let did = false;
      for (const record of await findDue()) {
        if (signal.aborted) return false;
        if (pauses.holds(record)) continue;
        did = (await archiveOne(record, pauses, signal)) || did;
      }
      return did;
    },
  };
}

/** The same rule as `dueFor`, asked of all workspaces at once. */
async function findDue(): Promise<LogMetadata[]> {
  const found = await acrossWorkspaces(workerPlatformScope(), logMetadata)
    .find({
      $or: [
        { archiveRequest: { $ne: null } },
        { archiveLease: { $ne: null } },
        { ended: true, currentLogs: { $gt: 0n } },
        {
          currentLogs: { $gt: 0n },
          $expr: { $gte: [{ $subtract: ["$currentLogs", "$keepHot"] }, "$archiveThreshold"] },
        },
      ],
    })
    .sort({ currentLogs: -1 })
    .limit(episodesPerRound)
    .toArray();
  return found;
}

async function archiveOne(record: LogMetadata, pauses: Pauses, signal: AbortSignal): Promise<boolean> {
  const due = dueFor(record, new Date());
  const scope = due && (await scopeForWorker(record.workspaceId));
  if (!scope) return false;
  const started = Date.now();
  const { outcome, rows, chunks, error } = await archiveEpisode(scope, record.episodeId, { ...due, signal });
  // Without progress there is nothing to gain from asking again at once: a full disk, or rows behind an open reservation.
  if (rows > 0) pauses.clear(record);
  else pauses.add(record);
  if (rows > 0 || outcome === "failed") {
    logEvent(outcome === "failed" ? "error" : "info", "episode archived", {
      workspace: scope.workspaceSlug,
      episode: record.episodeId,
      trigger: due.trigger,
      outcome,
      rows,
      chunks,
      ms: Date.now() - started,
      error,
    });
  }
  return rows > 0;
}

/** Episodes that made no progress wait longer and longer; a new wish or new rows end the wait. */
class Pauses {
  private readonly held = new Map<string, { until: number; tries: number; state: string }>();

  holds(record: LogMetadata): boolean {
    const pause = this.held.get(String(record._id));
    return pause !== undefined && pause.state === stateOf(record) && Date.now() < pause.until;
  }

  add(record: LogMetadata): void {
    const key = String(record._id);
    const tries = this.held.get(key)?.tries ?? 0;
    const until = Date.now() + Math.min(firstPauseMs * 2 ** tries, lastPauseMs);
    if (this.held.size > 10_000) this.held.clear();
    this.held.set(key, { until, tries: tries + 1, state: stateOf(record) });
  }

  clear(record: LogMetadata): void {
    this.held.delete(String(record._id));
  }
}

function stateOf({ archiveRequest, ended, totalLogs }: LogMetadata): string {
  return `${archiveRequest?.requestedAt.getTime()} ${ended} ${totalLogs}`;
}
