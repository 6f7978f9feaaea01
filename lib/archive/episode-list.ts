import "server-only";
import { z } from "zod";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor } from "@/lib/db/page";
import { logHolds } from "@/lib/mongo/collections/log-deletions";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";
import { type ArchiveEpisode, type ArchiveState, archiveStates } from "./schema";
import { rankExpression, toArchiveEpisode } from "./status";

const episodesPerPage = 50;
const patience = { maxTimeMS: 10_000 };
const episodeCursor = z.tuple([
  z.number().int(),
  z.iso.datetime().transform((text) => new Date(text)),
  z.string().max(200),
]);

export interface EpisodeListQuery {
  cursor?: string | null;
  state?: ArchiveState | null;
  /** A part of the id. */
  q?: string;
}

export interface EpisodePage {
  episodes: ArchiveEpisode[];
  next: string | null;
  /** How many the filter keeps; null without one. */
  matching: number | null;
}

/** Episodes by what needs a person, worst first; among equals the last written first. */
export async function listArchiveEpisodes(
  scope: WorkspaceScope,
  query: EpisodeListQuery = {},
): Promise<EpisodePage> {
  const records = scoped(scope).collection(logMetadata);
  return readEpisodePage(
    {
      records: (stages) => records.aggregate<Ranked>(stages, patience).toArray(),
      count: (stages) => records.aggregate<Counted>(stages, patience).toArray(),
      held: (episodeIds) => holdsOn(scope, episodeIds),
    },
    query,
  );
}

/** The same for a workspace that somebody looks at from the platform. No row of it is read. */
export async function listEpisodesIn(
  scope: PlatformScope,
  workspaceId: string,
  query: EpisodeListQuery = {},
): Promise<EpisodePage> {
  const records = acrossWorkspaces(scope, logMetadata);
  const here = { $match: { workspaceId } };
  return readEpisodePage(
    {
      records: (stages) => records.aggregate<Ranked>([here, ...stages], patience).toArray(),
      count: (stages) => records.aggregate<Counted>([here, ...stages], patience).toArray(),
      held: async (episodeIds) =>
        heldBy(
          await acrossWorkspaces(scope, logHolds)
            .find({ workspaceId, ...inForceOn(episodeIds) }, { projection: { episodeId: 1 }, ...patience })
            .sort({ placedAt: 1 })
            .toArray(),
        ),
    },
    query,
  );
}

type Ranked = LogMetadata & { rank: number };
type Counted = { count: number };

interface EpisodeReads {
  records: (stages: object[]) => Promise<Ranked[]>;
  count: (stages: object[]) => Promise<Counted[]>;
  held: (episodeIds: string[]) => Promise<(episodeId: string) => boolean>;
}

async function readEpisodePage(
  read: EpisodeReads,
  { cursor, state = null, q = "" }: EpisodeListQuery,
): Promise<EpisodePage> {
  const now = new Date();
  const after = decodeCursor(cursor, episodeCursor);
  const matches = filterStages({ state, q }, now);
  const [found, counted] = await Promise.all([
    read.records([
      ...matches,
      ...(after ? [{ $match: beyond(after) }] : []),
      { $sort: { rank: 1, lastWrittenAt: -1, episodeId: 1 } },
      { $limit: episodesPerPage + 1 },
    ]),
    state || q ? read.count([...matches, { $count: "count" }]) : null,
  ]);
  const shown = found.slice(0, episodesPerPage);
  const last = shown.at(-1);
  const more = found.length > episodesPerPage && last;
  const isHeld = await read.held(shown.map(({ episodeId }) => episodeId));
  return {
    episodes: shown.map((record) => toArchiveEpisode(record, now, isHeld(record.episodeId))),
    next: more ? encodeCursor([Number(last.rank), last.lastWrittenAt, last.episodeId]) : null,
    matching: counted && Number(counted[0]?.count ?? 0),
  };
}

/** One episode as the list shows it; null when there is none of this id. */
export async function getArchiveEpisode(
  scope: WorkspaceScope,
  episodeId: string,
): Promise<ArchiveEpisode | null> {
  const record = await scoped(scope).collection(logMetadata).findOne({ episodeId }, patience);
  if (!record) return null;
  const isHeld = await holdsOn(scope, [episodeId]);
  return toArchiveEpisode(record, new Date(), isHeld(episodeId));
}

function filterStages({ state, q }: { state: ArchiveState | null; q: string }, now: Date): object[] {
  const part = q.trim().slice(0, 200);
  return [
    ...(part ? [{ $match: { episodeId: { $regex: escapeRegex(part), $options: "i" } } }] : []),
    { $addFields: { rank: rankExpression(now) } },
    ...(state ? [{ $match: { rank: archiveStates.indexOf(state) } }] : []),
  ];
}

/** Which of these episodes a hold keeps: one on the episode, or one on the whole workspace. */
async function holdsOn(scope: WorkspaceScope, episodeIds: string[]): Promise<(episodeId: string) => boolean> {
  const holds = await scoped(scope)
    .collection(logHolds)
    .find(inForceOn(episodeIds), { projection: { episodeId: 1 }, ...patience })
    .sort({ placedAt: 1 })
    .toArray();
  return heldBy(holds);
}

const inForceOn = (episodeIds: string[]) => ({ releasedAt: null, episodeId: { $in: [...episodeIds, null] } });

function heldBy(holds: { episodeId: string | null }[]): (episodeId: string) => boolean {
  const held = new Set(holds.map(({ episodeId }) => episodeId));
  return (episodeId) => held.has(null) || held.has(episodeId);
}

function beyond([rank, time, id]: z.output<typeof episodeCursor>): object {
  return {
    $or: [
      { rank: { $gt: rank } },
      { rank, lastWrittenAt: { $lt: time } },
      { rank, lastWrittenAt: time, episodeId: { $gt: id } },
    ],
  };
}
