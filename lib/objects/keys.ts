/*
 * The only place that builds keys. They are made from the scope and from numbers of ours, never taken from a client. The
 * folders are written the way Hive writes partitions, so that an existing engine can query the archive where it lies.
 */

/** Everything of a workspace starts with this. */
export function workspacePrefix(workspaceId: string): string {
  return `workspace=${partitionValue(workspaceId)}/`;
}

/** All chunks of an episode start with this. */
export function episodePrefix(workspaceId: string, episodeId: string): string {
  return `${workspacePrefix(workspaceId)}episode=${partitionValue(episodeId)}/`;
}

/**
 * A chunk of an episode. The lease epoch and the content's hash make the key the attempt's own: whoever lost the lease
 * writes beside the winner's object, never over it.
 */
export function chunkKey(
  workspaceId: string,
  episodeId: string,
  chunk: { chunkNumber: number; epoch: number; sha256: string },
): string {
  const number = String(chunk.chunkNumber).padStart(6, "0");
  const name = `chunk-${number}-e${chunk.epoch}-${chunk.sha256.slice(0, 8)}.jsonl.gz`;
  return `${episodePrefix(workspaceId, episodeId)}${name}`;
}

/** What a key of `chunkKey` says; null for any other object. */
export function parseChunkKey(
  workspaceId: string,
  key: string,
): { episodeId: string; chunkNumber: number; epoch: number } | null {
  const prefix = `${workspacePrefix(workspaceId)}episode=`;
  if (!key.startsWith(prefix)) return null;
  const [episode = "", name = "", ...deeper] = key.slice(prefix.length).split("/");
  const [, number, epoch] = /^chunk-(\d{6,})-e(\d+)-[0-9a-f]{8}\.jsonl\.gz$/.exec(name) ?? [];
  if (deeper.length > 0 || number === undefined || epoch === undefined) return null;
  const episodeId = episode.replace(/%([0-9A-F]{2})/g, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return { episodeId, chunkNumber: Number(number), epoch: Number(epoch) };
}

/**
 * Files that people asked for, beside the archive and not in it: a sweep of the archive and an engine that queries it see
 * only chunks.
 */
export function exportPrefix(workspaceId: string, exportId: string): string {
  return `exports/workspace=${partitionValue(workspaceId)}/export=${partitionValue(exportId)}/`;
}

/** One attempt's parts: whoever lost the job writes beside the winner's file, never over it. */
export function exportAttemptPrefix(workspaceId: string, exportId: string, attempt: number): string {
  return `${exportPrefix(workspaceId, exportId)}attempt=${attempt}/`;
}

export function exportPartKey(attemptPrefix: string, part: number): string {
  return `${attemptPrefix}part-${String(part).padStart(6, "0")}`;
}

/** The bytes of assets. A reader that gets a key from a document compares it with this before it asks the store. */
export function assetPrefix(workspaceId: string): string {
  return `assets/workspace=${partitionValue(workspaceId)}/`;
}

/** The bytes of an artifact; its id carries the delivery that made it, so no two writers ever mean the same key. */
export function artifactKey(workspaceId: string, runId: string, artifactId: string): string {
  const run = `artifacts/workspace=${partitionValue(workspaceId)}/run=${partitionValue(runId)}`;
  return `${run}/artifact=${partitionValue(artifactId)}`;
}

/** Letters, digits, `.`, `_` and `-` as they are, everything else as Hive escapes it. */
function partitionValue(value: string): string {
  return value.replace(/[^A-Za-z0-9._-]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
  });
}

const keyPattern = /^[A-Za-z0-9._=%-]+(\/[A-Za-z0-9._=%-]+)*$/;

/** What every store takes as a key: names of these letters between slashes, none of which walks up or stays in place. */
export function refuseUnlessKey(key: string): void {
  const walks = key.split("/").some((part) => part === "." || part === "..");
  if (!keyPattern.test(key) || walks) throw notAKey(key);
}

/** A mistake of the program: no key is ever taken from outside. */
export function notAKey(key: string): Error {
  return new Error(`Not a key of an object: ${JSON.stringify(key)}`);
}
