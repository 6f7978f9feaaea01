import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunkIndex } from "@/lib/mongo/collections/log-chunks";
import { logEntries } from "@/lib/mongo/collections/log-entries";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { mostRowsRead, sourcesOf } from "../patterns/sources";
import { Drain, type TemplateCount } from "../templates/drain";
import { recordsOf } from "./records";

/** What an episode says, as far as it is known without reading a chunk. */
export interface KnownTemplates {
  templates: TemplateCount[];
  /** Rows in none of them. */
  other: number;
  /** False when rows were not looked at. */
  known: boolean;
}

/** Characters of a message that decide its template (templates/mask.ts). */
const tellingCharacters = 1_001;
const patience = { maxTimeMS: 20_000 };

/**
 * The templates of many episodes at once: a few questions for all of them, where one episode after the other would ask several
 * for each. The archived part is what archiving counted; rows in MongoDB are looked at now. An episode whose rows moved to the
 * archive meanwhile is asked again by itself.
 */
export async function templatesOfMany(
  scope: WorkspaceScope,
  records: readonly LogMetadata[],
): Promise<Map<string, KnownTemplates>> {
  const [archived, stored] = await Promise.all([
    archivedTemplates(scope, records),
    storedTemplates(scope, records),
  ]);
  const now = await recordsOf(
    scope,
    records.map(({ episodeId }) => ({ logRef: episodeId })),
  );
  const result = new Map<string, KnownTemplates>();
  for (const record of records) {
    const { episodeId } = record;
    const moved = now.get(episodeId)?.archivedThrough !== record.archivedThrough;
    const found = moved ? await byItself(scope, now.get(episodeId)) : archived.get(episodeId);
    const hot = moved ? undefined : stored.get(episodeId);
    const unread = moved || isRead(record) ? 0 : Number(record.currentLogs);
    result.set(episodeId, {
      templates: [...(found?.templates ?? []), ...(hot?.templates() ?? [])],
      other: (found?.other ?? 0) + (hot?.other ?? 0) + unread,
      known: (found?.known ?? true) && unread === 0,
    });
  }
  return result;
}

/** A log of which this much waits for the archive is counted and no more. */
const isRead = ({ currentLogs }: LogMetadata) => currentLogs <= mostRowsRead;

async function byItself(scope: WorkspaceScope, record: LogMetadata | undefined): Promise<KnownTemplates> {
  const sources = record ? await sourcesOf(scope, record) : [];
  return {
    templates: sources.flatMap(({ templates }) => templates),
    other: sources.reduce((sum, { other }) => sum + other, 0),
    known: sources.every(({ known }) => known),
  };
}

async function archivedTemplates(
  scope: WorkspaceScope,
  records: readonly LogMetadata[],
): Promise<Map<string, KnownTemplates>> {
  const episodes = records.filter(({ totalChunks }) => totalChunks > 0);
  const indexes = await scoped(scope)
    .collection(logChunkIndex)
    .find(
      { episodeId: { $in: episodes.map(({ episodeId }) => episodeId) } },
      { projection: { episodeId: 1, templates: 1, otherTemplates: 1, recount: 1 }, ...patience },
    )
    .sort({ episodeId: 1, chunkNumber: 1 })
    .toArray();
  const found = new Map<string, KnownTemplates>();
  for (const { episodeId, recount, ...archived } of indexes) {
    // What was counted later is there only where something was not counted when the chunk was archived.
    const { templates, otherTemplates } = recount ?? archived;
    const before = found.get(episodeId) ?? { templates: [], other: 0, known: true };
    found.set(episodeId, {
      templates: [...before.templates, ...(templates ?? [])],
      other: before.other + (otherTemplates ?? 0),
      known: before.known && templates !== undefined,
    });
  }
  for (const { episodeId, archivedLogs } of episodes) {
    const known = found.get(episodeId);
    // Rows of chunks from before templates were kept, and of expired ones, are in no template and were not looked at.
    const counted = (known?.templates ?? []).reduce((sum, { count }) => sum + count, known?.other ?? 0);
    const unread = Math.max(0, Number(archivedLogs) - counted);
    if (unread > 0) {
      found.set(episodeId, {
        templates: known?.templates ?? [],
        other: (known?.other ?? 0) + unread,
        known: false,
      });
    }
  }
  return found;
}

async function storedTemplates(
  scope: WorkspaceScope,
  records: readonly LogMetadata[],
): Promise<Map<string, Drain>> {
  const hot = records.filter((record) => record.currentLogs > 0n && isRead(record));
  const archivedThrough = new Map(hot.map((record) => [record.episodeId, record.archivedThrough]));
  const drains = new Map<string, Drain>();
  const rows = scoped(scope)
    .collection(logEntries)
    .find(
      { episodeId: { $in: [...archivedThrough.keys()] } },
      {
        projection: {
          _id: 0,
          episodeId: 1,
          sequenceNumber: 1,
          message: { $substrCP: ["$message", 0, tellingCharacters] },
        },
        ...patience,
      },
    )
    .sort({ episodeId: 1, sequenceNumber: 1 });
  for await (const { episodeId, sequenceNumber, message } of rows) {
    // Copies of a restored range are no rows of their own (the reader rule).
    if (sequenceNumber <= (archivedThrough.get(episodeId) ?? -1n)) continue;
    const drain = drains.get(episodeId) ?? new Drain();
    drains.set(episodeId, drain);
    drain.add(message, sequenceNumber);
  }
  return drains;
}
