import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogChunkIndex, logChunkIndex, type ReadableChunk } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";

type ChunkIndex = Pick<LogChunkIndex, "members" | "bloom">;

/** An index never changes while its chunk is there, so it is read once; some hundred bytes for each member. */
const membersKept = 60_000;
const known = new Map<string, ChunkIndex>();
let kept = 0;

/** What lies where in the chunks, by chunk id; a chunk whose index is gone has no part in it. */
export async function indexesOf(
  scope: WorkspaceScope,
  chunks: ReadableChunk[],
): Promise<Map<string, ChunkIndex>> {
  const unknown = chunks.filter(({ _id }) => !known.has(String(_id)));
  const found =
    unknown.length === 0
      ? []
      : await scoped(scope)
          .collection(logChunkIndex)
          .find(
            { _id: { $in: unknown.map(({ _id }) => _id) } },
            { projection: { members: 1, bloom: 1 }, maxTimeMS: 10_000 },
          )
          .sort({ _id: 1 })
          .toArray();
  const indexes = new Map<string, ChunkIndex>();
  for (const { _id, members, bloom } of found) indexes.set(String(_id), { members, bloom });
  for (const { _id } of chunks) {
    const id = String(_id);
    const index = known.get(id) ?? indexes.get(id);
    if (!index) continue;
    indexes.set(id, index);
    keep(id, index);
  }
  return indexes;
}

/** Moves an index to the end of those that are forgotten next. */
function keep(id: string, index: ChunkIndex): void {
  if (!known.delete(id)) kept += index.members.length;
  known.set(id, index);
  for (const [oldest, { members }] of known) {
    if (kept <= membersKept) break;
    known.delete(oldest);
    kept -= members.length;
  }
}
