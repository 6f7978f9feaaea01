import { mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { Pool } from "pg";
import type { Workspace } from "./people";

/*
 * What time, a dead process or a broken disk would do to an archive, done at once. Only the workspace of the test is touched.
 */

const pool = new Pool({ connectionString: required("DATABASE_URL"), max: 2 });
const mongo = new MongoClient(required("MONGODB_URI"), { promoteLongs: true });
const collection = (name: string) => mongo.db(required("MONGODB_DATABASE")).collection(name);

export async function closeArchiveWorld(): Promise<void> {
  await Promise.all([pool.end(), mongo.close()]);
}

/** Episodes of this workspace that are made from now on are cut into chunks of 100 rows. */
export async function makeSmallChunks({ id }: Workspace): Promise<void> {
  await pool.query(
    `insert into log_archive_policies (workspace_id, archive_threshold, chunk_size, keep_hot, archive_after_hours)
     values ($1, 1000000, 100, 0, 24)`,
    [id],
  );
}

/** As if an archiver had taken the lease and fallen silent; it expires so many seconds from now. */
export async function plantLease(
  { id }: Workspace,
  episodeId: string,
  expiresInSeconds: number,
): Promise<void> {
  const soon = new Date(Date.now() + 3_600_000);
  await collection("LogMetadata").updateOne({ workspaceId: id, episodeId }, [
    {
      $set: {
        leaseEpoch: { $add: ["$leaseEpoch", 1] },
        isArchiving: true,
        archiveLease: {
          owner: "worker-9:411:0af3c1",
          epoch: { $add: ["$leaseEpoch", 1] },
          expiresAt: new Date(Date.now() + expiresInSeconds * 1000),
        },
        // No archiver comes by before somebody looks at the page.
        archiveDueAt: soon,
      },
    },
  ]);
}

/** As if the last attempts had failed, the next one being an hour away. */
export async function plantFailure({ id }: Workspace, episodeId: string, error: string): Promise<void> {
  const nextAttemptAt = new Date(Date.now() + 3_600_000);
  await collection("LogMetadata").updateOne(
    { workspaceId: id, episodeId },
    {
      $set: {
        lastArchiveError: error,
        archiveRetry: { failures: 4, failedAt: new Date(), nextAttemptAt },
        archiveDueAt: nextAttemptAt,
      },
    },
  );
}

/** As if these chunks had been archived so many days ago. */
export async function ageChunks(
  { id }: Workspace,
  episodeId: string,
  chunks: number[],
  days: number,
): Promise<void> {
  await collection("LogChunk").updateMany(
    { workspaceId: id, episodeId, chunkNumber: { $in: chunks } },
    { $set: { createdAt: new Date(Date.now() - days * 86_400_000) } },
  );
}

/** How many chunks of the workspace are marked for deletion. */
export function countMarked({ id }: Workspace): Promise<number> {
  return collection("LogChunk").countDocuments({ workspaceId: id, deleteAfter: { $gt: new Date(0) } });
}

/** As if the time of every restore of the episode were over. */
export async function endRestores({ id }: Workspace, episodeId: string): Promise<void> {
  await collection("logRestores").updateMany(
    { workspaceId: id, episodeId },
    { $set: { expiresAt: new Date(Date.now() - 1_000) } },
  );
}

const folderOf = ({ id }: Workspace, episodeId: string) =>
  join(required("OBJECT_STORE_DIR"), `workspace=${id}`, `episode=${episodeId}`);

/** An object that an attempt left three days ago before it was cut short. */
export async function plantOrphan(workspace: Workspace, episodeId: string): Promise<string> {
  const folder = folderOf(workspace, episodeId);
  const path = join(folder, "chunk-000099-e1-abababab.jsonl.gz");
  await mkdir(folder, { recursive: true });
  await writeFile(path, Buffer.alloc(2_048));
  const old = new Date(Date.now() - 3 * 86_400_000);
  await utimes(path, old, old);
  return "chunk-000099-e1-abababab.jsonl.gz";
}

export async function objectsOf(workspace: Workspace, episodeId: string): Promise<string[]> {
  const names = await readdir(folderOf(workspace, episodeId)).catch(() => []);
  return names.filter((name) => name.endsWith(".jsonl.gz")).sort();
}

/** Flips a bit in the middle of the object of a chunk, as a bad disk does. */
export async function corruptObject(workspace: Workspace, episodeId: string, chunk: number): Promise<void> {
  const path = join(folderOf(workspace, episodeId), await nameOfObject(workspace, episodeId, chunk));
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 3);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

/** Puts an unreadable folder in the place of the objects of an episode: the store answers with an error. */
export async function breakStore(workspace: Workspace, episodeId: string): Promise<void> {
  const folder = folderOf(workspace, episodeId);
  for (const name of await objectsOf(workspace, episodeId)) {
    await rm(join(folder, name));
    await mkdir(join(folder, name));
  }
}

async function nameOfObject(workspace: Workspace, episodeId: string, chunk: number): Promise<string> {
  const prefix = `chunk-${String(chunk).padStart(6, "0")}-`;
  const name = (await objectsOf(workspace, episodeId)).find((one) => one.startsWith(prefix));
  if (!name) throw new Error(`There is no object of chunk ${chunk}`);
  return name;
}

/** Takes the object of a chunk away; the returned function brings it back. */
export async function hideObject(
  workspace: Workspace,
  episodeId: string,
  chunk: number,
): Promise<() => Promise<void>> {
  const folder = folderOf(workspace, episodeId);
  const name = await nameOfObject(workspace, episodeId, chunk);
  await rename(join(folder, name), join(folder, `${name}.away`));
  return () => rename(join(folder, `${name}.away`), join(folder, name));
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`npm test\` starts the stores and sets it.`);
  return value;
}
