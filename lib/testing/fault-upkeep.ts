import { expireChunk } from "@/lib/archive/retention/expire";
import type { WorkspaceScope } from "@/lib/auth/access";
import { chunkAt } from "./chunks";
import type { Upkeep } from "./fault-process";

type OnPoint = (point: string) => Promise<void>;

/** What a process of its own does to an archive until it is killed. */
export const upkeep: Record<
  Upkeep,
  (scope: WorkspaceScope, episodeId: string, onPoint: OnPoint) => Promise<unknown>
> = {
  expire: async (scope, episodeId, onPoint) =>
    expireChunk(scope, await chunkAt(scope, episodeId, 0), onPoint),
};
