import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor } from "@/lib/db/page";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { scoped } from "@/lib/mongo/scoped";
import { day, hour } from "@/lib/time";
import { toEpisodeSummary } from "../episode-summary";
import type { EpisodeSummary } from "../schema";

/** What the list of streams is narrowed to; an empty part asks for nothing. */
export interface StreamListFilters {
  /** A part of the stream's name. */
  search: string;
  by: "run" | "external" | null;
  state: "open" | "ended" | null;
  errors: "some" | null;
  age: "1h" | "24h" | "7d" | null;
}

export interface StreamCounts {
  all: number;
  byRun: number;
  external: number;
  open: number;
  ended: number;
  withErrors: number;
}

const perPage = 50;
const cursorParts = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.string().max(200)]);
const ages = { "1h": hour, "24h": day, "7d": 7 * day };

/** Streams of the workspace, last written first. */
export async function listEpisodes(
  scope: WorkspaceScope,
  { cursor = null, ...filters }: Partial<StreamListFilters> & { cursor?: string | null } = {},
): Promise<{ episodes: EpisodeSummary[]; next: string | null }> {
  const { search = "" } = filters;
  // Nothing is named so, and a database refuses some of it as a pattern.
  if (search && !/^[A-Za-z0-9._:-]{1,200}$/.test(search)) return { episodes: [], next: null };
  const conditions = conditionsOf(filters, new Date());
  const after = decodeCursor(cursor, cursorParts);
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
    .limit(perPage + 1)
    .toArray();
  const now = new Date();
  const shown = found.slice(0, perPage);
  const last = shown.at(-1);
  return {
    episodes: shown.map((record) => toEpisodeSummary(record, now)),
    next: found.length > perPage && last ? encodeCursor([last.lastWrittenAt, last.episodeId]) : null,
  };
}

const counted = z.object({
  all: z.number(),
  byRun: z.number(),
  open: z.number(),
  withErrors: z.number(),
});

/** How many streams each filter would keep by itself. */
export async function countStreams(scope: WorkspaceScope): Promise<StreamCounts> {
  const when = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
  const [found] = await scoped(scope)
    .collection(logMetadata)
    .aggregate(
      [
        {
          $group: {
            _id: null,
            all: { $sum: 1 },
            byRun: when({ $eq: ["$producer.kind", "run_task"] }),
            open: when({ $eq: ["$ended", false] }),
            withErrors: when({ $gt: [{ $add: ["$levelCounts.error", "$levelCounts.fatal"] }, 0] }),
          },
        },
      ],
      { maxTimeMS: 10_000 },
    )
    .toArray();
  const { all, byRun, open, withErrors } = found
    ? counted.parse(found)
    : { all: 0, byRun: 0, open: 0, withErrors: 0 };
  return { all, byRun, external: all - byRun, open, ended: all - open, withErrors };
}

function conditionsOf({ search, by, state, errors, age }: Partial<StreamListFilters>, now: Date): object[] {
  return [
    search && { episodeId: { $regex: escapeRegex(search), $options: "i" } },
    by && { "producer.kind": by === "run" ? "run_task" : "external" },
    state && { ended: state === "ended" },
    errors && { $or: [{ "levelCounts.error": { $gt: 0n } }, { "levelCounts.fatal": { $gt: 0n } }] },
    // By the time of receipt: a producer's own clock may be wrong.
    age && { lastWrittenAt: { $gte: new Date(now.getTime() - ages[age]) } },
  ].filter((condition) => typeof condition === "object" && condition !== null);
}
