import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logBlocks } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { blockSize } from "../batch-figures";
import { logLevels } from "../level";
import type { ColdTally } from "./chunks";
import type { Reservations } from "./reservations";
import type { HotTally } from "./rows";
import { noLevels } from "./tally";

/** I5, I6: every counter of the record and of its blocks equals what was counted. */
export async function compareCounters(
  scope: WorkspaceScope,
  record: LogMetadata,
  { hot, cold: counted, reservations }: { hot: HotTally; cold: ColdTally; reservations: Reservations },
  problems: string[],
): Promise<void> {
  const cold = withRecorded(counted);
  const compare = (name: string, recorded: bigint | number | null, counted: number | null) => {
    if (recorded === null ? counted !== null : Number(recorded) !== counted) {
      problems.push(`${name} is ${recorded}, counted were ${counted}.`);
    }
  };
  const total = hot.count + cold.count;
  compare("totalLogs", record.totalLogs, total);
  const expired = cold.expired.reduce((sum, { rows }) => sum + rows, 0);
  compare("The rows of settled reservations", reservations.settledRows, total + expired);
  compare("currentLogs", record.currentLogs, hot.count);
  compare("archivedLogs", record.archivedLogs, cold.count);
  compare("totalChunks", record.totalChunks, cold.chunks);
  compare("damagedChunks", record.damagedChunks, cold.damagedChunks);
  compare("expiredLogs", record.expiredLogs ?? 0n, expired);
  compare("expiredChunks", record.expiredChunks ?? 0, cold.expired.length);
  compare("currentMongoBytes", record.currentMongoBytes, hot.bytes);
  compare("archivedS3Bytes", record.archivedS3Bytes, cold.objectBytes);
  compare("archivedRawBytes", record.archivedRawBytes, cold.rawBytes);
  for (const level of logLevels) {
    compare(`levelCounts.${level}`, record.levelCounts[level], hot.levels[level] + cold.levels[level]);
  }
  const time = (recorded: Date | null) => recorded?.getTime() ?? null;
  compare("firstLogAt", time(record.firstLogAt), total > 0 ? Math.min(hot.firstAt, cold.firstAt) : null);
  compare("lastLogAt", time(record.lastLogAt), total > 0 ? Math.max(hot.lastAt, cold.lastAt) : null);
  // Of a block that lies in such a chunk nobody knows what it should count.
  await compareBlocks(scope, record.episodeId, { hot, cold }, problems);
}

/** The count, and for chunks that could not be counted what their records say: their loss is named already. */
function withRecorded(cold: ColdTally): ColdTally {
  const sum = { ...cold, levels: { ...cold.levels } };
  for (const { logCount, levelCounts, startTime, endTime } of cold.unread) {
    sum.count += logCount;
    sum.firstAt = Math.min(sum.firstAt, startTime.getTime());
    sum.lastAt = Math.max(sum.lastAt, endTime.getTime());
    for (const level of logLevels) sum.levels[level] += Number(levelCounts[level]);
  }
  return sum;
}

async function compareBlocks(
  scope: WorkspaceScope,
  episodeId: string,
  { hot, cold }: { hot: HotTally; cold: ColdTally },
  problems: string[],
): Promise<void> {
  const isUnknown = (block: number) =>
    cold.unread.some(({ startSequence, endSequence }) => {
      const from = BigInt(block) * blockSize;
      return startSequence < from + blockSize && endSequence >= from;
    });
  const unseen = new Set([...hot.blocks.keys(), ...cold.blocks.keys()]);
  for await (const { block, levelCounts } of scoped(scope)
    .collection(logBlocks)
    .find({ episodeId })
    .sort({ block: 1 })) {
    unseen.delete(block);
    if (isUnknown(block)) continue;
    const a = hot.blocks.get(block) ?? noLevels();
    const b = cold.blocks.get(block) ?? noLevels();
    const wrong = logLevels.find((level) => Number(levelCounts[level]) !== a[level] + b[level]);
    if (wrong)
      problems.push(
        `Block ${block} counts ${levelCounts[wrong]} ${wrong}, there are ${a[wrong] + b[wrong]}.`,
      );
  }
  for (const block of unseen) problems.push(`Block ${block} has rows but no counts.`);
}
