import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logLevels } from "@/lib/logs/level";
import { listChunkPlaces } from "@/lib/logs/read/chunk-places";
import { inspectReservations } from "@/lib/logs/verify/reservations";
import { inspectRows } from "@/lib/logs/verify/rows";
import type { LogMetadata } from "@/lib/mongo/collections/log-episodes";

/** The counters of an episode that follow from its rows and chunks. */
export type Figures = Pick<
  LogMetadata,
  | "totalLogs"
  | "currentLogs"
  | "archivedLogs"
  | "totalChunks"
  | "currentMongoBytes"
  | "archivedS3Bytes"
  | "archivedRawBytes"
  | "levelCounts"
  | "firstLogAt"
  | "lastLogAt"
  | "damagedChunks"
> & { expiredLogs: bigint; expiredChunks: number };

/**
 * Counts an episode: its rows in MongoDB one by one, its chunks by their records, which were compared with their objects
 * when they were committed and are by every scrub. `problems` says what does not add up whatever the counters say.
 */
export async function recount(
  scope: WorkspaceScope,
  record: LogMetadata,
): Promise<{ figures: Figures; problems: string[] }> {
  const problems: string[] = [];
  const reservations = await inspectReservations(scope, record, problems);
  const places = await listChunkPlaces(scope, record.episodeId);
  const hot = await inspectRows(scope, record, reservations, problems);
  const chunks = places.flatMap((place) => (place.expired ? [] : [place.chunk]));
  const ended = places.flatMap((place) => (place.expired ? [place.chunk] : []));

  const sum = <T>(list: T[], of: (one: T) => bigint | number) =>
    list.reduce((total, one) => total + BigInt(of(one)), 0n);
  const archivedLogs = sum(chunks, ({ logCount }) => logCount);
  const expiredLogs = sum(ended, ({ logCount }) => logCount);
  const totalLogs = archivedLogs + BigInt(hot.count);
  if (totalLogs + expiredLogs !== BigInt(reservations.settledRows)) {
    problems.push(
      `There are ${totalLogs + expiredLogs} rows, and writers were told that ${reservations.settledRows} are stored.`,
    );
  }
  const levelCounts = { ...record.levelCounts };
  for (const level of logLevels)
    levelCounts[level] = sum(chunks, (chunk) => chunk.levelCounts[level]) + BigInt(hot.levels[level]);
  const times = [
    ...chunks.flatMap(({ startTime, endTime }) => [startTime.getTime(), endTime.getTime()]),
    ...(hot.count > 0 ? [hot.firstAt, hot.lastAt] : []),
  ];
  return {
    problems,
    figures: {
      totalLogs,
      currentLogs: BigInt(hot.count),
      archivedLogs,
      totalChunks: places.length,
      currentMongoBytes: BigInt(hot.bytes),
      archivedS3Bytes: sum(chunks, ({ sizeBytes }) => sizeBytes),
      archivedRawBytes: sum(chunks, ({ rawBytes }) => rawBytes),
      levelCounts,
      firstLogAt: edge(times, Math.min),
      lastLogAt: edge(times, Math.max),
      damagedChunks: chunks.filter(({ state }) => state !== "verified").length,
      expiredLogs,
      expiredChunks: ended.length,
    },
  };
}

function edge(times: number[], pick: (a: number, b: number) => number): Date | null {
  const [first] = times;
  return first === undefined ? null : new Date(times.reduce((a, b) => pick(a, b), first));
}
