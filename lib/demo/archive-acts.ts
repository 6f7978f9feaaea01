import "server-only";
import { listHoldsOn, placeHold } from "@/lib/archive/hold";
import { requestRestore } from "@/lib/archive/restore/request";
import { getRetention, setRetention } from "@/lib/archive/retention/policy";
import type { WorkspaceScope } from "@/lib/auth/access";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { scoped } from "@/lib/mongo/scoped";
import { day } from "@/lib/time";
import { gatewayEpisode, migrationEpisode } from "./episodes";

/*
 * What people did with the archive of the demo, so that its pages have something to show. Each may be done again: what is
 * there already stays as it is.
 */

/** The bad quarter of an hour at the gateway is being looked into. */
export async function holdGateway(scope: WorkspaceScope): Promise<void> {
  const { episodeId } = gatewayEpisode;
  if ((await listHoldsOn(scope, episodeId)).length > 0) return;
  await placeHold(scope, {
    episodeId,
    reason: "Incident review: 503s at the gateway, keep until it is closed",
  });
}

/** Its rows are live again for three days; the worker copies them when it runs. */
export async function restoreGateway(scope: WorkspaceScope): Promise<void> {
  const { episodeId } = gatewayEpisode;
  const chunk = await scoped(scope)
    .collection(logChunks)
    .findOne({ episodeId }, { sort: { chunkNumber: -1 }, projection: { startSequence: 1 } });
  if (!chunk) return;
  const from = chunk.startSequence;
  await requestRestore(scope, { episodeId, from, to: from, hours: 72 });
}

/** The migration was archived long enough ago that most of it is on its way out, with a week to say no. */
export async function retireMigration(scope: WorkspaceScope, anchor: Date): Promise<void> {
  if (await getRetention(scope)) return;
  const { episodeId } = migrationEpisode;
  await scoped(scope)
    .collection(logChunks)
    .updateMany(
      { episodeId, chunkNumber: { $lt: 2 } },
      { $set: { createdAt: new Date(anchor.getTime() - 40 * day) } },
    );
  await setRetention(scope, { days: 30, undoHours: 168 });
}
