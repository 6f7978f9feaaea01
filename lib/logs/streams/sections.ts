import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { logExpired } from "@/lib/mongo/collections/log-deletions";
import { type LogMetadata, logBlocks } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { blockSize, type LevelTally } from "../batch-figures";
import { smaller } from "../spans";

/** A stretch of a stream with what is known of it without reading it. */
export interface Section {
  kind: "archived" | "expired" | "stored";
  from: bigint;
  to: bigint;
  /** Its rows lie between these, of stored ones perhaps with room to spare. */
  startTime: Date;
  endTime: Date;
  levelCounts: LevelTally | null;
}

type Bounds = Omit<Section, "kind" | "from" | "to"> & { startSequence: bigint; endSequence: bigint };
const bounds = {
  ...{ _id: 0, episodeId: 1, startSequence: 1, endSequence: 1 },
  ...{ startTime: 1, endTime: 1, levelCounts: 1 },
};
/** Stored rows of one section; more of them are taken apart. */
const storedRows = 50_000n;
/** Committed chunks never change what stands here, so it is read once for each state of the archive. */
const streamsKept = 5_000;
const known = new Map<string, Section[]>();

/** The archived sections of many streams, in two queries at most. */
export async function loadSections(scope: WorkspaceScope, records: LogMetadata[]): Promise<void> {
  const unknown = records.filter((record) => record.archivedThrough >= 0n && !known.has(keyOf(record)));
  if (unknown.length === 0) return;
  const stores = scoped(scope);
  const ids = (some: LogMetadata[]) => ({ episodeId: { $in: some.map(({ episodeId }) => episodeId) } });
  const options = { projection: bounds, maxTimeMS: 10_000 };
  const chunks = await stores
    .collection(logChunks)
    .find(ids(unknown), options)
    .sort({ startSequence: 1 })
    .toArray();
  const withExpired = unknown.filter(({ expiredChunks = 0 }) => expiredChunks > 0);
  const ended =
    withExpired.length === 0
      ? []
      : await stores
          .collection(logExpired)
          .find(ids(withExpired), options)
          .sort({ startSequence: 1 })
          .toArray();
  const sections = new Map<string, Section[]>(unknown.map(({ episodeId }) => [episodeId, []]));
  for (const chunk of chunks) sections.get(chunk.episodeId)?.push(sectionOf("archived", chunk));
  for (const chunk of ended) sections.get(chunk.episodeId)?.push(sectionOf("expired", chunk));
  if (known.size > streamsKept) known.clear();
  for (const record of unknown) {
    const found = sections.get(record.episodeId) ?? [];
    const archived = found.filter(({ to }) => to <= record.archivedThrough);
    known.set(
      keyOf(record),
      archived.sort((a, b) => (a.from < b.from ? -1 : 1)),
    );
  }
}

/** All sections of a stream up to `settled`, in order. */
export async function sectionsOf(
  scope: WorkspaceScope,
  record: LogMetadata,
  settled: bigint,
): Promise<Section[]> {
  await loadSections(scope, [record]);
  const archived = known.get(keyOf(record)) ?? [];
  const from = record.archivedThrough + 1n;
  if (from >= settled) return archived;
  if (settled - from > storedRows) return [...archived, ...(await storedSections(scope, record, settled))];
  const [startTime, endTime] = [record.firstLogAt ?? new Date(0), record.lastLogAt ?? new Date(0)];
  const stored: Section = { kind: "stored", from, to: settled - 1n, startTime, endTime, levelCounts: null };
  // Where every number is a row that is counted, the counters of the stream are those of its only section.
  const isWhole = from === 0n && record.totalLogs === record.nextSequenceNumber;
  return [...archived, isWhole ? { ...stored, levelCounts: record.levelCounts } : stored];
}

const grouped = z.object({ _id: z.number(), startTime: z.date(), endTime: z.date() });

/** A backlog of millions of rows by its blocks' times, some hundred blocks at a time. */
async function storedSections(
  scope: WorkspaceScope,
  { episodeId, archivedThrough }: LogMetadata,
  settled: bigint,
): Promise<Section[]> {
  const first = archivedThrough + 1n;
  const blocks = Number(storedRows / blockSize);
  const found = await scoped(scope)
    .collection(logBlocks)
    .aggregate(
      [
        { $match: { episodeId, block: { $gte: Number(first / blockSize) } } },
        {
          $group: {
            _id: { $toInt: { $floor: { $divide: ["$block", blocks] } } },
            startTime: { $min: "$startTime" },
            endTime: { $max: "$endTime" },
          },
        },
        { $sort: { _id: 1 } },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  return z
    .array(grouped)
    .parse(found)
    .flatMap(({ _id, startTime, endTime }): Section[] => {
      const start = BigInt(_id) * storedRows;
      const from = start > first ? start : first;
      const to = smaller(start + storedRows, settled) - 1n;
      return from > to ? [] : [{ kind: "stored", from, to, startTime, endTime, levelCounts: null }];
    });
}

function sectionOf(kind: Section["kind"], { startSequence, endSequence, ...rest }: Bounds): Section {
  const { startTime, endTime, levelCounts } = rest;
  return { kind, from: startSequence, to: endSequence, startTime, endTime, levelCounts };
}

function keyOf({ workspaceId, episodeId, archivedThrough, expiredChunks = 0 }: LogMetadata): string {
  return `${workspaceId}/${episodeId}/${archivedThrough}/${expiredChunks}`;
}
