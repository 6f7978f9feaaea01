import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { archiveEpisode } from "./archiver";
import type { ArchiveNowInput } from "./schema";

/** A person waits for the answer that long; what is left then is the worker's. */
const requestBudgetMs = 8_000;

type Answer =
  | { ok: true; message: string }
  | { ok: false; code: "not_found" | "unavailable"; message: string };

/**
 * Archives an episode because somebody asked for it. The wish goes on record first, so that it is served even when this
 * process ends in the middle; then this request does as much as it has time for.
 */
export async function archiveNow(scope: WorkspaceScope, input: ArchiveNowInput): Promise<Answer> {
  const { episodeId, everything } = input;
  const now = new Date();
  const asked = await scoped(scope)
    .collection(logMetadata)
    .updateOne(
      { episodeId },
      { $set: { archiveRequest: { everything, requestedAt: now }, archiveDueAt: now } },
    );
  if (asked.matchedCount === 0) return { ok: false, code: "not_found", message: "There is no such episode." };
  const until = new Date(now.getTime() + requestBudgetMs);
  const { outcome, rows, chunks, error } = await archiveEpisode(scope, episodeId, {
    trigger: "on_demand",
    everything,
    until,
  });
  const done = `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"} in ${chunks} ${chunks === 1 ? "chunk" : "chunks"}`;
  switch (outcome) {
    case "done":
      return {
        ok: true,
        message: rows > 0 ? `Archived and verified ${done}.` : "Nothing was left to archive.",
      };
    case "paused":
      return { ok: true, message: `Archived and verified ${done}; the worker goes on with the rest.` };
    case "busy":
      return { ok: true, message: "An archiver is at this episode already; it takes your request with it." };
    case "not_found":
      return { ok: false, code: "not_found", message: "There is no such episode." };
    default:
      return { ok: false, code: "unavailable", message: error ?? "The episode could not be archived." };
  }
}
