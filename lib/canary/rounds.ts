import "server-only";
import { deleteEpisode } from "@/lib/archive/deletion/request";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { endEpisode, ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream } from "@/lib/logs/ingest-stream";
import { getLogEntry, listEpisodes, readLogPage } from "@/lib/logs/queries";
import type { UploadLine } from "@/lib/logs/read-lines";
import { compareEntry, compareRows } from "./compare";
import { canaryLine, episodeIdAt, uploadText } from "./line";
import {
  beginEpisode,
  type CanaryEpisode,
  forgetEpisode,
  forgetOldProblems,
  listCanaryEpisodes,
  remember,
} from "./memory";

export interface CanaryPlan {
  linesPerRound: number;
  /** Rows that the walk over everything compares in a round. */
  walkPerRound: number;
  /** After this an episode is ended and the next one begun. */
  episodeMs: number;
  /** After this an episode and all of its rows and chunks are deleted: what the canary keeps is bounded. */
  keepMs: number;
  /** Small, so that rows are archived within minutes. */
  settings: { archiveThreshold: number; chunkSize: number; keepHot: number };
}

const hour = 3_600_000;

/** With a round every ten seconds: a row a second, a chunk every four minutes, and at most 50 hours of both. */
export const usualPlan: CanaryPlan = {
  linesPerRound: 10,
  walkPerRound: 400,
  episodeMs: 25 * hour,
  keepMs: 50 * hour,
  settings: { archiveThreshold: 240, chunkSize: 240, keepHot: 60 },
};

/** Where the canary acts: its memory belongs to the platform, its rows to its workspace. */
export interface Perch {
  platform: PlatformScope;
  scope: WorkspaceScope;
}

/**
 * One round: sends some lines; reads back what was sent since the last round; looks at one old line with all its metadata;
 * and goes on with a walk over every line that is kept, which meets each of them hot, moving and cold.
 */
export async function canaryRound(perch: Perch, plan: CanaryPlan, now = new Date()): Promise<void> {
  await makeRoom(perch, plan, now);
  const sending = await currentEpisode(perch, plan, now);
  await send(perch, plan, sending);
  for (const episode of await listCanaryEpisodes(perch.platform)) await readBack(perch, episode);
  const episodes = await listCanaryEpisodes(perch.platform);
  await lookAtOne(perch, episodes);
  await walk(perch, plan, episodes);
}

async function currentEpisode(
  { platform, scope }: Perch,
  plan: CanaryPlan,
  now: Date,
): Promise<CanaryEpisode> {
  const episodes = await listCanaryEpisodes(platform);
  const open = episodes.findLast(({ endedAt }) => endedAt === null);
  if (open && now.getTime() - open.createdAt.getTime() < plan.episodeMs) return open;
  if (open) {
    await endEpisode(scope, open.episodeId);
    await remember(platform, { episodeId: open.episodeId, progress: { endedAt: now } });
  }
  const episodeId = episodeIdAt(now);
  await beginEpisode(platform, episodeId);
  return { episodeId, sent: 0, readBack: 0, walked: 0, createdAt: now, endedAt: null };
}

/**
 * The upload is named after its first line: sent again after a crash it changes nothing. Lines count as sent when they were
 * acknowledged, and never before.
 */
async function send({ platform, scope }: Perch, plan: CanaryPlan, episode: CanaryEpisode): Promise<void> {
  const { episodeId, sent } = episode;
  await ensureEpisode(scope, episodeId, plan.settings);
  const lines = linesFrom(episodeId, sent, plan.linesPerRound);
  const answer = await ingestStream(scope, { episodeId, uploadId: `canary-${sent}`, lines });
  if (answer.ok && answer.first === BigInt(sent)) {
    await remember(platform, { episodeId, progress: { sent: sent + plan.linesPerRound } });
    return;
  }
  // A worker died here so long ago that its numbers were given up, or with another plan: numbers and lines no longer agree.
  // Nothing of this upload was acknowledged to the canary. It goes on in a new episode.
  await endEpisode(scope, episodeId);
  await remember(platform, { episodeId, progress: { endedAt: new Date() } });
}

async function* linesFrom(episodeId: string, from: number, count: number): AsyncGenerator<UploadLine> {
  for (let index = 0; index < count; index++)
    yield { number: index + 1, text: uploadText(canaryLine(episodeId, from + index)) };
}

async function readBack(perch: Perch, episode: CanaryEpisode): Promise<void> {
  const { sent, readBack: from } = episode;
  if (from >= sent) return;
  const through = await compare(perch, episode, from, Math.min(sent, from + 1_000));
  await remember(perch.platform, { episodeId: episode.episodeId, progress: { readBack: through } });
}

async function lookAtOne({ platform, scope }: Perch, episodes: CanaryEpisode[]): Promise<void> {
  const lines = episodes.reduce((sum, { readBack: known }) => sum + known, 0);
  let line = Math.floor(Math.random() * lines);
  const episode = episodes.find(({ readBack: known }) => {
    if (line < known) return true;
    line -= known;
    return false;
  });
  if (!episode) return;
  const { episodeId } = episode;
  const compared = compareEntry(episodeId, line, await getLogEntry(scope, episodeId, BigInt(line)));
  if (compared)
    await remember(platform, { episodeId, checked: 1, cold: compared.cold, findings: compared.findings });
}

/** Goes on where the last round stopped, from the oldest line to the newest; there it begins again. */
async function walk(perch: Perch, plan: CanaryPlan, episodes: CanaryEpisode[]): Promise<void> {
  const current = episodes.find(({ walked, readBack: known }) => walked < known);
  if (!current) return;
  const { episodeId, walked, readBack: known } = current;
  const through = await compare(perch, current, walked, Math.min(known, walked + plan.walkPerRound));
  const finished = through >= known && current === episodes.at(-1);
  const next = finished
    ? episodes.map((episode) => ({ ...episode, walked: 0 }))
    : [{ episodeId, walked: through }];
  for (const { episodeId: id, walked: at } of next) {
    await remember(perch.platform, { episodeId: id, progress: { walked: at } });
  }
}

/** Reads lines the way a person does, and puts on record what is wrong with them. Returns how far it got. */
async function compare(
  { platform, scope }: Perch,
  episode: CanaryEpisode,
  from: number,
  to: number,
): Promise<number> {
  const { episodeId } = episode;
  const limit = Math.min(1_000, to - from);
  const end = from + limit;
  const page = await readLogPage(scope, episodeId, {
    from: String(from),
    direction: "forward",
    limit,
    filter: {},
  });
  const { through, cold, findings } = compareRows(episodeId, from, end, page?.rows ?? []);
  await remember(platform, { episodeId, checked: through - from, cold, findings });
  return through;
}

async function makeRoom({ platform, scope }: Perch, plan: CanaryPlan, now: Date): Promise<void> {
  // First those that are there, then those that are remembered: an episode is remembered before it is made, so one that
  // another worker begins meanwhile is in the second list or in none, and never taken for one that is to go.
  const { episodes } = await listEpisodes(scope);
  const kept = new Set<string>();
  for (const { episodeId, createdAt, endedAt } of await listCanaryEpisodes(platform)) {
    const outlived = endedAt !== null && now.getTime() - createdAt.getTime() >= plan.keepMs;
    // Forgotten before it is deleted: what is going must not be missed.
    if (outlived) await forgetEpisode(platform, episodeId);
    else kept.add(episodeId);
  }
  // One that nobody remembers is to go, since now or since a round that died.
  const reason = "The canary has watched it long enough.";
  for (const { episodeId } of episodes)
    if (!kept.has(episodeId)) await deleteEpisode(scope, { episodeId, confirm: episodeId, reason });
  await forgetOldProblems(platform);
}
