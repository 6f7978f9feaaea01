import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { toEpisodeSummary } from "./episode-summary";
import { readEntry } from "./read/entry";
import { readOverview } from "./read/overview";
import { readPlainPage } from "./read/page";
import { readFilteredPage } from "./read/search";
import { redactedFlag } from "./redaction/mask-entry";
import { listRedactionRules } from "./redaction/queries";
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
export { listEpisodes } from "./streams/list-streams";

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
export async function getLogEntry(
  scope: WorkspaceScope,
  episodeId: string,
  seq: bigint,
): Promise<LogEntryDetail | LogGapRow | null> {
  const entry = await readEntry(scope, episodeId, seq);
  if (!entry || "kind" in entry || !entry.flags.includes(redactedFlag)) return entry;
  const rules = await listRedactionRules(scope);
  return { ...entry, masks: rules.map(({ mask, name }) => ({ mask, rule: name })) };
}

/** Level counts of up to `buckets` equal slices of the sequence range. */
export function getEpisodeOverview(
  scope: WorkspaceScope,
  episodeId: string,
  buckets: number,
): Promise<EpisodeOverview | null> {
  return readOverview(scope, episodeId, buckets);
}
