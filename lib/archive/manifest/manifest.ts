import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type ChunkPlace, listChunkPlaces } from "@/lib/logs/read/chunk-places";
import { findRecord } from "@/lib/logs/read/page";
import { chainOf, chainStart } from "@/lib/logs/verify/chain";
import { logReservations } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";

export interface Manifest {
  /** A name for the file; the commands in it use this one. */
  fileName: string;
  text: string;
  chunks: number;
  /** Rows in the files that are listed. */
  rows: number;
  head: string;
}

/**
 * The archive of an episode as a text that anybody can check without us: `sha256sum -c` takes it as it stands, since all but
 * its lines of hash and key are comments. The comments carry the chunks' ranges, the chain over them, and what has no file:
 * numbers that were never written and ranges that expired. Null when there is no such episode.
 */
export async function buildManifest(scope: WorkspaceScope, episodeId: string): Promise<Manifest | null> {
  // First the record: chunks that are committed after it are not part of what it says.
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const places = (await listChunkPlaces(scope, episodeId)).filter(
    ({ chunk }) => chunk.chunkNumber < record.totalChunks,
  );
  const links = chainOf(
    episodeId,
    places.map(({ chunk }) => chunk),
  );
  const files = places.flatMap((place) => (place.expired ? [] : [place.chunk]));
  const rows = files.reduce((sum, { logCount }) => sum + logCount, 0);
  const head = links.at(-1) ?? chainStart(episodeId);
  const fileName = `${episodeId.replaceAll(":", "_")}.manifest`;
  const lines = [
    "# Strata archive manifest 1",
    `# workspace ${scope.workspaceSlug} ${scope.workspaceId}`,
    `# episode ${episodeId}`,
    `# as of ${new Date().toISOString()}, rows archived through ${record.archivedThrough}`,
    "#",
    ...instructions(episodeId, fileName, rows),
    "#",
    ...files.map(({ sha256, src }) => `${sha256}  ${src}`),
    "#",
    "# chunk: number, sha256, first row, last row, rows, link of the chain",
    ...places.map(({ chunk }, index) => chunkLine(chunk, links[index] ?? "")),
    ...places.flatMap((place) => (place.expired ? [expiredLine(place.chunk)] : [])),
    ...(await neverWritten(scope, episodeId, record.archivedThrough)),
    `#head ${head}`,
  ];
  return { fileName, text: `${lines.join("\n")}\n`, chunks: files.length, rows, head };
}

/** The whole check in one line of shell: every object byte for byte, and the rows in them counted. */
export function checkCommand(fileName: string): string {
  return `sha256sum -c --quiet ${fileName} && grep -v '^#' ${fileName} | cut -c67- | xargs -r zcat | wc -l`;
}

function instructions(episodeId: string, fileName: string, rows: number): string[] {
  const hash = "sha256sum | cut -c-64";
  return [
    "# Check it where the objects lie (the directory of the object store, or a copy of the bucket):",
    `#$ ${checkCommand(fileName)}`,
    `# must print ${rows} and no FAILED. And the chain of the chunks:`,
    `#$ p=$(printf 'strata-chain-1 ${episodeId}' | ${hash}); grep '^#chunk ' ${fileName} | { while read -r _ n sha first last rows link; do p=$(printf '%s %s %s %s %s\\n' "$p" "$sha" "$first" "$last" "$rows" | ${hash}); [ "$p" = "$link" ] || echo "chunk $n breaks the chain"; done; echo "head $p"; }`,
    "# must print the head below and no break. The head stands for every chunk: keep it, and a later manifest must contain it.",
  ];
}

function chunkLine(chunk: ChunkPlace["chunk"], link: string): string {
  const { chunkNumber, sha256, startSequence, endSequence, logCount } = chunk;
  return `#chunk ${chunkNumber} ${sha256} ${startSequence} ${endSequence} ${logCount} ${link}`;
}

function expiredLine(chunk: {
  chunkNumber: number;
  startSequence: bigint;
  endSequence: bigint;
  expiredAt: Date;
}) {
  const { chunkNumber, startSequence, endSequence, expiredAt } = chunk;
  return `#expired ${chunkNumber} ${startSequence} ${endSequence} ${expiredAt.toISOString()}`;
}

/** Numbers of the archived range that no file holds because no row ever had them. */
async function neverWritten(scope: WorkspaceScope, episodeId: string, through: bigint): Promise<string[]> {
  const givenUp = await scoped(scope)
    .collection(logReservations)
    .find({ episodeId, state: "tombstone", startSequence: { $lte: through } })
    .sort({ startSequence: 1 })
    .toArray();
  return givenUp.flatMap(({ missing = [] }) =>
    missing.filter(({ from }) => from <= through).map(({ from, to }) => `#never-written ${from} ${to}`),
  );
}
