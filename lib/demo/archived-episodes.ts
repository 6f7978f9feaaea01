import "server-only";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { endEpisode, ensureEpisode } from "@/lib/logs/episodes";
import { type DemoEpisode, gatewayEpisode, gatewayLog, migrationEpisode, migrationLog } from "./episodes";
import { ingestLines } from "./logs";

interface WrittenEpisode extends DemoEpisode {
  lines: (episode: DemoEpisode, anchor: Date) => Iterable<string>;
}

export function archivedEpisodes(rowShare: number): WrittenEpisode[] {
  const shared = ({ rows, keepHot, chunkSize, ...rest }: DemoEpisode): DemoEpisode => ({
    ...rest,
    rows: Math.ceil(rows * rowShare),
    keepHot: Math.ceil(keepHot * rowShare),
    chunkSize: Math.ceil(chunkSize * rowShare),
  });
  return [
    { ...shared(migrationEpisode), lines: migrationLog },
    { ...shared(gatewayEpisode), lines: gatewayLog },
  ];
}

/** Writes a long episode and lets the archiver take of it what it takes of any such episode. */
export async function writeEpisode(
  scope: WorkspaceScope,
  { lines, ...episode }: WrittenEpisode,
  anchor: Date,
  onProgress: (line: string) => void,
): Promise<void> {
  const { episodeId, rows, keepHot, chunkSize, ended } = episode;
  onProgress(`${episodeId}: ${rows.toLocaleString("en")} rows`);
  await ensureEpisode(scope, episodeId, { keepHot, chunkSize, archiveThreshold: chunkSize });
  await ingestLines(scope, episodeId, "demo", lines(episode, anchor));
  if (ended) await endEpisode(scope, episodeId);
  onProgress(`${episodeId}: archive`);
  const trigger = ended ? "ended" : "threshold";
  const { outcome, error } = await archiveEpisode(scope, episodeId, { trigger, everything: ended });
  if (outcome === "failed") throw new Error(`The demo's log ${episodeId} could not be archived: ${error}`);
}
