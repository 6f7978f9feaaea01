import "server-only";
import { archiveEpisode } from "@/lib/archive/archiver";
import type { WorkspaceScope } from "@/lib/auth/access";
import { ensureEpisode } from "@/lib/logs/episodes";
import { ingestStream } from "@/lib/logs/ingest-stream";
import { generateLines } from "./generate";
import type { Bench, EpisodeData } from "./goal";

type Kind = Parameters<Bench["episode"]>[0];

const chunkSize = 50_000;
const hotRowsOfMixed = 10_000;
const reportEvery = 100_000;

/** Fills an episode through the ordinary way in, and archives it through the ordinary archiver. */
export async function makeEpisode(
  scope: WorkspaceScope,
  kind: Kind,
  rows: number,
  { seed, note, signal }: Pick<Bench, "seed" | "note" | "signal">,
): Promise<EpisodeData> {
  const episodeId = `bench-${kind}-${rows}`;
  // No worker runs beside a bench, so a threshold out of reach only says what the numbers below do.
  await ensureEpisode(scope, episodeId, {
    chunkSize,
    archiveThreshold: chunkSize,
    keepHot: kind === "mixed" ? Math.min(hotRowsOfMixed, Math.floor(rows / 2)) : 0,
  });
  const answer = await ingestStream(scope, {
    episodeId,
    uploadId: "bench",
    lines: numbered(rows, seed, signal),
    onBatch: ({ accepted }) => {
      if (accepted % reportEvery === 0)
        note(`${kind} episode: ${accepted.toLocaleString("en")} rows written`);
    },
  });
  if (!answer.ok || answer.accepted !== rows) throw new Error(`The ${kind} episode could not be written.`);
  if (kind !== "hot") {
    note(`${kind} episode: archiving`);
    const result = await archiveEpisode(scope, episodeId, {
      trigger: "on_demand",
      everything: kind === "archived",
      signal,
    });
    if (result.outcome !== "done") throw new Error(`Archiving ended as ${result.outcome}: ${result.error}`);
  }
  return { scope, episodeId, rows };
}

async function* numbered(rows: number, seed: number, signal: AbortSignal) {
  let number = 0;
  for (const text of generateLines(rows, seed)) {
    if (number % 1000 === 0) signal.throwIfAborted();
    yield { number: ++number, text };
  }
}
