import { purgeEpisode } from "@/lib/archive/deletion/purge";
import { copyRestore } from "@/lib/archive/restore/copy";
import { listRestores } from "@/lib/archive/restore/request";
import { expireChunk } from "@/lib/archive/retention/expire";
import type { WorkspaceScope } from "@/lib/auth/access";
import { chunkAt, deletionOf } from "./chunks";
import type { Upkeep } from "./fault-process";

type OnPoint = (point: string) => Promise<void>;

/** What a process of its own does to an archive until it is killed. */
export const upkeep: Record<
  Upkeep,
  (scope: WorkspaceScope, episodeId: string, onPoint: OnPoint) => Promise<unknown>
> = {
  expire: async (scope, episodeId, onPoint) =>
    expireChunk(scope, await chunkAt(scope, episodeId, 0), onPoint),
  purge: async (scope, episodeId, onPoint) =>
    purgeEpisode(scope, await deletionOf(scope, episodeId), { onPoint, now: new Date(8.64e15) }),
  restore: async (scope, episodeId, onPoint) => {
    const [restore] = await listRestores(scope, episodeId);
    if (!restore) throw new Error("Nobody asked for a restore");
    await copyRestore(scope, restore, { onPoint });
  },
};
