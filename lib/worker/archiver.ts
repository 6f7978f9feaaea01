import "server-only";
import { archiveEpisode } from "@/lib/archive/archiver";
import { lookAt, noteNextLook } from "@/lib/archive/due";
import { scopeForWorker, type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { findRecord } from "@/lib/logs/read/page";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { Job } from "./job";
import { logEvent } from "./log";

const episodesPerRound = 50;
/** When nothing could be taken although something is due: rows behind a writer that still holds numbers. */
const blockedLookMs = 30_000;
const unscheduledEveryMs = 10 * 60_000;

/** Archives what is due: asked for, ended, above its threshold, old, or cut short by an archiver that died. */
export function archiverJob(): Job {
  let unscheduledAt = 0;
  return {
    name: "archiver",
    idleMs: 2_000,
    run: async (signal) => {
      const found = await findDue();
      if (found.length === 0 && Date.now() >= unscheduledAt) {
        found.push(...(await findUnscheduled()));
        if (found.length < episodesPerRound) unscheduledAt = Date.now() + unscheduledEveryMs;
      }
      let did = false;
      for (const record of found) {
        if (signal.aborted) return false;
        did = (await visit(record, signal)) || did;
      }
      return did;
    },
  };
}

/** A record with the database's time when it was read: leases and times to look end by that clock, whatever ours says. */
type Found = LogMetadata & { readAt: Date };

const withReadAt = { $addFields: { readAt: "$$NOW" } };
/** More than clocks are apart. It only bounds what is looked at; the database's clock decides. */
const clockToleranceMs = 3_600_000;

function findDue(): Promise<Found[]> {
  return acrossWorkspaces(workerPlatformScope(), logMetadata)
    .aggregate<Found>([
      { $match: { archiveDueAt: { $lte: new Date(Date.now() + clockToleranceMs) } } },
      // A field first: the local engine refuses $$NOW in a match.
      withReadAt,
      { $match: { $expr: { $lte: ["$archiveDueAt", "$readAt"] } } },
      { $sort: { archiveDueAt: 1 } },
      { $limit: episodesPerRound },
    ])
    .toArray();
}

/** Records from before there was a time to look at them, or written by a server that does not know it yet. */
function findUnscheduled(): Promise<Found[]> {
  return acrossWorkspaces(workerPlatformScope(), logMetadata)
    .aggregate<Found>([
      { $match: { archiveDueAt: { $exists: false } } },
      { $sort: { _id: 1 } },
      { $limit: episodesPerRound },
      withReadAt,
    ])
    .toArray();
}

/** Looks at an episode, does what is due, and puts on record when to look again. True when rows were archived. */
async function visit({ readAt, ...record }: Found, signal: AbortSignal): Promise<boolean> {
  const scope = await scopeForWorker(record.workspaceId);
  if (!scope) return false;
  const read = performance.now();
  const now = () => new Date(readAt.getTime() + performance.now() - read);
  const look = await lookAt(scope, record, now());
  if (!look.due) {
    await noteNextLook(scope, record, look.next);
    return false;
  }
  const { outcome, rows } = await archive(scope, record, look.due, signal);
  // A failure has put its own time on record; a pause goes on at the next start.
  if (outcome === "failed" || outcome === "paused") return rows > 0;
  const after = await findRecord(scope, record.episodeId);
  if (!after) return rows > 0;
  const next = await lookAt(scope, after, now());
  if (!next.due) await noteNextLook(scope, after, next.next);
  else if (rows === 0) await noteNextLook(scope, after, new Date(now().getTime() + blockedLookMs));
  return rows > 0;
}

async function archive(
  scope: WorkspaceScope,
  { episodeId }: LogMetadata,
  due: { trigger: "threshold" | "age" | "ended" | "on_demand"; everything?: boolean },
  signal: AbortSignal,
) {
  const started = Date.now();
  const result = await archiveEpisode(scope, episodeId, { ...due, signal });
  const { outcome, rows, chunks, error } = result;
  if (rows > 0 || outcome === "failed") {
    logEvent(outcome === "failed" ? "error" : "info", "episode archived", {
      workspace: scope.workspaceSlug,
      episode: episodeId,
      trigger: due.trigger,
      outcome,
      rows,
      chunks,
      ms: Date.now() - started,
      error,
    });
  }
  return result;
}
