import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import type { LogQuery } from "../search/query";
import type { Place } from "./place";
import type { StreamSet } from "./stream-set";

/** A stream that has rows. */
export type StreamRecord = LogMetadata & { firstLogAt: Date; lastLogAt: Date };

/** What reading a stream needs of its record; thousands of them are read for one page. */
const needed = {
  ...{ _id: 0, workspaceId: 1, episodeId: 1, archivedThrough: 1, nextSequenceNumber: 1 },
  ...{ firstLogAt: 1, lastLogAt: 1, expiredChunks: 1, totalLogs: 1, levelCounts: 1 },
};
const perBatch = 200;
const patience = { projection: needed, maxTimeMS: 10_000 };

/**
 * Streams that may have rows behind a place, in the direction of reading, a batch at a time: first those that lie across it,
 * then the others as they come. Ten thousand streams of a workspace are never looked at for one page.
 */
export class Candidates {
  private readonly filter: object[];
  private began = false;
  private after: { at: Date; episodeId: string } | null = null;

  constructor(
    private readonly scope: WorkspaceScope,
    set: StreamSet,
    { time, levels }: Pick<LogQuery, "time" | "levels">,
    private readonly place: Place,
    private readonly ahead: boolean,
  ) {
    this.filter = [
      setFilter(set),
      { totalLogs: { $gt: 0n } },
      // The counters say which streams have a row of a level at all.
      ...(levels.length === 0
        ? []
        : [{ $or: levels.map((level) => ({ [`levelCounts.${level}`]: { $gt: 0n } })) }]),
      ...(time.from === null ? [] : [{ lastLogAt: { $gte: new Date(time.from) } }]),
      ...(time.to === null ? [] : [{ firstLogAt: { $lt: new Date(time.to) } }]),
    ];
  }

  /** The next streams, and where the ones that follow may begin at the earliest; null when none follow. */
  async next(): Promise<{ records: StreamRecord[]; edge: number | null }> {
    const across = this.began ? [] : await this.findAcross();
    const first = !this.began;
    this.began = true;
    const beyond = await this.findBeyond();
    const last = beyond.at(-1);
    const full = beyond.length === perBatch && last !== undefined;
    if (full) this.after = { at: this.startOf(last), episodeId: last.episodeId };
    return {
      records: first ? [...across, ...beyond] : beyond,
      edge: full ? this.startOf(last).getTime() : null,
    };
  }

  private findAcross(): Promise<StreamRecord[]> {
    const at = new Date(this.place.at);
    return this.find([{ firstLogAt: { $lte: at } }, { lastLogAt: { $gte: at } }], { episodeId: 1 }, 0);
  }

  private findBeyond(): Promise<StreamRecord[]> {
    const { ahead, after } = this;
    const [field, compare, direction] = ahead
      ? (["firstLogAt", "$gt", 1] as const)
      : (["lastLogAt", "$lt", -1] as const);
    const start = after?.at ?? new Date(this.place.at);
    const conditions: object[] = [{ [field]: { [compare]: start } }];
    if (after) {
      // Those of the same moment, by name.
      conditions[0] = {
        $or: [
          { [field]: { [compare]: after.at } },
          { [field]: after.at, episodeId: { $gt: after.episodeId } },
        ],
      };
      conditions.push({ [field]: { [ahead ? "$gte" : "$lte"]: after.at } });
    }
    return this.find(conditions, { [field]: direction, episodeId: 1 }, perBatch);
  }

  private async find(
    conditions: object[],
    sort: Record<string, 1 | -1>,
    limit: number,
  ): Promise<StreamRecord[]> {
    const found = await scoped(this.scope)
      .collection(logMetadata)
      .find({ $and: [...this.filter, ...conditions] }, patience)
      .sort(sort)
      .limit(limit)
      .toArray();
    return found.filter(hasRows);
  }

  private startOf({ firstLogAt, lastLogAt }: StreamRecord): Date {
    return this.ahead ? firstLogAt : lastLogAt;
  }
}

export function setFilter({ runId, only, without }: StreamSet): object {
  return {
    ...(runId !== null && { "producer.runId": runId }),
    ...(only.length > 0 && { episodeId: { $in: only } }),
    ...(without.length > 0 && only.length === 0 && { episodeId: { $nin: without } }),
  };
}

function hasRows(record: LogMetadata): record is StreamRecord {
  return record.firstLogAt !== null && record.lastLogAt !== null;
}
