import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { decodeCursor, encodeCursor, type Page, toPage } from "@/lib/db/page";
import { findRecord } from "@/lib/logs/read/page";
import { logChunks } from "@/lib/mongo/collections/log-chunks";
import { type LogHold, logHolds } from "@/lib/mongo/collections/log-deletions";
import { newObjectId, objectIdFrom } from "@/lib/mongo/object-id";
import { type Scoped, scoped } from "@/lib/mongo/scoped";
import { audited } from "./audit-outbox";
import { passFence, raiseFence } from "./fence";

type Answer = { ok: true; message: string } | { ok: false; code: "not_found"; message: string };

/** Forbids deleting anything of an episode, or of the whole workspace when none is named. Chunks marked for deletion lose the mark. */
export async function placeHold(
  scope: WorkspaceScope,
  { episodeId, reason }: { episodeId: string | null; reason: string },
): Promise<Answer & { holdId?: string }> {
  if (episodeId !== null && !(await findRecord(scope, episodeId)))
    return { ok: false, code: "not_found", message: "There is no such episode." };
  await raiseFence(scope, "deletion");
  const _id = newObjectId();
  await audited(scope, async (tx) => {
    await passFence(tx, "deletion");
    await tx.collection(logHolds).insertOne({
      _id,
      episodeId,
      reason,
      placedBy: scope.userId,
      placedAt: new Date(),
      releasedBy: null,
      releasedAt: null,
      releaseReason: null,
    });
    await tx
      .collection(logChunks)
      .updateMany(
        { deleteAfter: { $exists: true }, ...(episodeId !== null && { episodeId }) },
        { $unset: { deleteAfter: "" } },
      );
    return { act: { action: "archive.place_hold", ...target(scope, episodeId), reason }, result: true };
  });
  return { ok: true, message: "Nothing of this is deleted until the hold is released.", holdId: String(_id) };
}

/** Ends a hold. What its release makes deletable is marked first, so nothing goes before the undo delay has passed. */
export async function releaseHold(
  scope: WorkspaceScope,
  { holdId, reason }: { holdId: string; reason: string },
): Promise<Answer> {
  const held = await scoped(scope)
    .collection(logHolds)
    .findOne({ _id: objectIdFrom(holdId), releasedAt: null });
  if (!held) return { ok: false, code: "not_found", message: "There is no such hold in force." };
  await raiseFence(scope, "deletion");
  const released = await audited(scope, async (tx) => {
    await passFence(tx, "deletion");
    const ended = await tx
      .collection(logHolds)
      .updateOne(
        { _id: held._id, releasedAt: null },
        { $set: { releasedAt: new Date(), releasedBy: scope.userId, releaseReason: reason } },
      );
    if (ended.matchedCount === 0) return null;
    const { episodeId, placedAt, placedBy } = held;
    const before = { reason: held.reason, placedBy, placedAt: placedAt.toISOString() };
    const act = { action: "archive.release_hold", ...target(scope, episodeId), reason, before };
    return { act, result: true };
  });
  if (!released) return { ok: false, code: "not_found", message: "There is no such hold in force." };
  return { ok: true, message: "The hold is released." };
}

const holdsPerPage = 50;
const holdCursor = z.tuple([
  z.iso.datetime().transform((text) => new Date(text)),
  z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .transform(objectIdFrom),
]);

/** Holds in force in the workspace, the oldest first. */
export async function listHolds(
  scope: WorkspaceScope,
  { cursor, limit = holdsPerPage }: { cursor?: string | null; limit?: number } = {},
): Promise<Page<LogHold>> {
  const after = decodeCursor(cursor, holdCursor);
  const beyond = after && {
    $or: [{ placedAt: { $gt: after[0] } }, { placedAt: after[0], _id: { $gt: after[1] } }],
  };
  const found = await scoped(scope)
    .collection(logHolds)
    .find({ releasedAt: null, ...beyond })
    .sort({ placedAt: 1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  return toPage(found, limit, ({ placedAt, _id }) => encodeCursor([placedAt, String(_id)]));
}

/** Those on one episode and those on its whole workspace. */
export function listHoldsOn(scope: WorkspaceScope, episodeId: string): Promise<LogHold[]> {
  return scoped(scope)
    .collection(logHolds)
    .find({ releasedAt: null, episodeId: { $in: [episodeId, null] } })
    .sort({ placedAt: 1 })
    .limit(holdsPerPage)
    .toArray();
}

/** Episodes that a hold keeps; null when one keeps all of them. However many holds there are: one left out would delete rows. */
export async function heldEpisodes(scope: WorkspaceScope): Promise<string[] | null> {
  const held = await scoped(scope)
    .collection(logHolds)
    .aggregate<{ _id: string | null }>([
      { $match: { releasedAt: null } },
      { $group: { _id: "$episodeId" } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  const named = held.flatMap(({ _id }) => _id ?? []);
  return named.length < held.length ? null : named;
}

/** The hold that forbids deleting this episode, if there is one. Inside a transaction, pass the fence before asking. */
export function findHold(stores: Scoped, episodeId: string): Promise<LogHold | null> {
  return stores
    .collection(logHolds)
    .findOne({ releasedAt: null, episodeId: { $in: [episodeId, null] } }, { sort: { placedAt: 1 } });
}

function target({ workspaceId }: WorkspaceScope, episodeId: string | null) {
  return episodeId === null
    ? { resourceType: "workspace", resourceId: workspaceId }
    : { resourceType: "log_episode", resourceId: episodeId };
}
