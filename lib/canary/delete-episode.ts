import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { allCollections } from "@/lib/mongo/collections/all";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import type { CollectionDefinition } from "@/lib/mongo/define";
import { scoped } from "@/lib/mongo/scoped";
import { episodePrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";

/**
 * Deletes one of the canary's own episodes with everything that belongs to it. Chunks before objects, so that no chunk ever
 * names an object that is gone; the episode's record last, so that an interrupted deletion is found again.
 */
export async function deleteEpisode(scope: WorkspaceScope, episodeId: string): Promise<void> {
  if (!episodeId.startsWith("canary-")) throw new Error(`${episodeId} is no episode of the canary`);
  for (const definition of allCollections) {
    if (definition.name !== logMetadata.name && hasEpisode(definition))
      await scoped(scope).collection(definition).deleteMany({ episodeId });
  }
  for await (const { key } of objectStore().list(episodePrefix(scope.workspaceId, episodeId)))
    await objectStore().delete(key);
  await scoped(scope).collection(logMetadata).deleteMany({ episodeId });
}

const hasEpisode = ({ schema }: CollectionDefinition) => "episodeId" in schema.shape;
