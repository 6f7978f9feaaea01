import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { ArchiveAttempt, ArchiveChunk, ArchiveEpisode, ArchiveTotals } from "./schema";

/** What lies hot and cold in the workspace, and what waits. */
export async function getArchiveTotals(_scope: WorkspaceScope): Promise<ArchiveTotals> {
  return {
    episodes: 0,
    hotLogs: 0,
    hotBytes: 0,
    archivedLogs: 0,
    archivedBytes: 0,
    archivedRawBytes: 0,
    chunks: 0,
    verifiedChunks: 0,
    oldestWaitingSeconds: null,
    failedAttempts24h: 0,
    asOf: new Date().toISOString(),
  };
}

/** Episodes by what needs a person, worst first. */
export async function listArchiveEpisodes(
  _scope: WorkspaceScope,
  _page: { cursor?: string | null } = {},
): Promise<{ episodes: ArchiveEpisode[]; next: string | null }> {
  return { episodes: [], next: null };
}

export async function listArchiveChunks(_scope: WorkspaceScope, _episodeId: string): Promise<ArchiveChunk[]> {
  return [];
}

export async function listArchiveAttempts(
  _scope: WorkspaceScope,
  _episodeId: string,
  _limit: number,
): Promise<ArchiveAttempt[]> {
  return [];
}
