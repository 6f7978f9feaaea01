import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor } from "@/lib/db/page";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { scoped } from "@/lib/mongo/scoped";
import { toEpisodeSummary } from "./episode-summary";
import { readEntry } from "./read/entry";
import { readOverview } from "./read/overview";
import { readPlainPage } from "./read/page";
import { readFilteredPage } from "./read/search";
import type {
  EpisodeOverview,
  EpisodeSummary,
  LogEntryDetail,
  LogGapRow,
  LogPage,
  LogPageRequest,
} from "./schema";
import { asksForNothing, parseQuery } from "./search/query";

export { readCount as countRows, readHistogram as getHistogram } from "./histogram/histogram";
export { findPause } from "./read/pause";
export { findRowAtTime } from "./read/row-at-time";
export { readRowValues, valuesRequestFrom } from "./read/row-values";
export { searchEpisode } from "./search/search-episode";

const episodesPerPage = 50;
const episodeCursor = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.string().max(200)]);

/** Episodes of the workspace, last written first. */
export async function listEpisodes(
  scope: WorkspaceScope,
  { cursor, search }: { cursor?: string | null; search?: string } = {},
): Promise<{ episodes: EpisodeSummary[]; next: string | null }> {
  const after = decodeCursor(cursor, episodeCursor);
  const conditions: object[] = [];
  // Nothing is named so, and a database refuses some of it as a pattern.
  if (search && !/^[A-Za-z0-9._:-]{1,200}$/.test(search)) return { episodes: [], next: null };
  if (search) conditions.push({ episodeId: { $regex: escapeRegex(search), $options: "i" } });
  if (after) {
    const [time, id] = after;
    conditions.push({
      $or: [{ lastWrittenAt: { $lt: time } }, { lastWrittenAt: time, episodeId: { $gt: id } }],
    });
  }
  const found = await scoped(scope)
    .collection(logMetadata)
    .find(conditions.length > 0 ? { $and: conditions } : {}, { maxTimeMS: 10_000 })
    .sort({ lastWrittenAt: -1, episodeId: 1 })
    .limit(episodesPerPage + 1)
    .toArray();
  const now = new Date();
  const shown = found.slice(0, episodesPerPage);
  const last = shown.at(-1);
  return {
    episodes: shown.map((record) => toEpisodeSummary(record, now)),
    next: found.length > episodesPerPage && last ? encodeCursor([last.lastWrittenAt, last.episodeId]) : null,
  };
}

export async function getEpisode(scope: WorkspaceScope, episodeId: string): Promise<EpisodeSummary | null> {
  const record = await scoped(scope).collection(logMetadata).findOne({ episodeId });
  return record && toEpisodeSummary(record, new Date());
}

/** One page by sequence, wherever its rows lie. Null when there is no such episode. */
export function readLogPage(
  scope: WorkspaceScope,
  episodeId: string,
  request: LogPageRequest,
): Promise<LogPage | null> {
  return asksForNothing(parseQuery(request.filter))
    ? readPlainPage(scope, episodeId, request)
    : readFilteredPage(scope, episodeId, request);
}

/** The whole of one entry, or what is known about a number that has none; null for a number not given out yet. */
export function getLogEntry(
  scope: WorkspaceScope,
  episodeId: string,
  seq: bigint,
): Promise<LogEntryDetail | LogGapRow | null> {
  return readEntry(scope, episodeId, seq);
}

/** Level counts of up to `buckets` equal slices of the sequence range. */
export function getEpisodeOverview(
  scope: WorkspaceScope,
  episodeId: string,
  buckets: number,
): Promise<EpisodeOverview | null> {
  return readOverview(scope, episodeId, buckets);
}
