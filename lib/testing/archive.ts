import { readFile, writeFile } from "node:fs/promises";
import { expect } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { checkEpisode } from "@/lib/logs/verify";
import { logLines, newEpisodeId, uploadLines } from "./logs";
import { memberScope } from "./people";

/** An episode of small chunks, in a workspace of its own. */
export async function filledEpisode(
  rows = 250,
  { chunkSize = 100 } = {},
): Promise<{ scope: WorkspaceScope; episodeId: string }> {
  const scope = await memberScope("owner");
  const episodeId = newEpisodeId();
  const settings = { chunkSize, archiveThreshold: 100, keepHot: 20 };
  await uploadLines(scope, episodeId, logLines(rows), { settings });
  return { scope, episodeId };
}

/** Asks for all rows of an episode. */
export const everything = { trigger: "on_demand", everything: true } as const;

/** The same, all of it archived. */
export async function archivedEpisode(rows = 250, shape: { chunkSize?: number } = {}) {
  const episode = await filledEpisode(rows, shape);
  const { outcome, error } = await archiveEpisode(episode.scope, episode.episodeId, everything);
  if (outcome !== "done") throw new Error(`Not archived but ${outcome}: ${error}`);
  return episode;
}

/** Every invariant holds, by counting. */
export async function expectSound(scope: WorkspaceScope, episodeId: string) {
  const check = await checkEpisode(scope, episodeId);
  expect(check.problems).toEqual([]);
  return check;
}

export async function flipOneBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
