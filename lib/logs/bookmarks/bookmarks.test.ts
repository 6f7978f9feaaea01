import { describe, expect, test } from "vitest";
import { purgeEpisode } from "@/lib/archive/deletion/purge";
import { deleteEpisode } from "@/lib/archive/deletion/request";
import { logDeletions } from "@/lib/mongo/collections/log-deletions";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { markRow, unmarkRow } from "./mutations";
import { listBookmarks } from "./queries";
import { mostBookmarks } from "./schema";

testDatabase();
testMongo();
testObjects();

async function episodeOf(role: "viewer" | "owner", rows = 20) {
  const scope = await memberScope(role);
  const episodeId = newEpisodeId();
  await uploadLines(scope, episodeId, logLines(rows));
  return { scope, episodeId };
}

describe("marks of rows", () => {
  test("stand in the order of the rows, with their notes, once for each row", async () => {
    const { scope, episodeId } = await episodeOf("viewer");
    await markRow(scope, { episodeId, seq: "11", note: "" });
    await markRow(scope, { episodeId, seq: "3", note: "first retry" });
    await markRow(scope, { episodeId, seq: "11", note: "gave up" });
    const list = await listBookmarks(scope, episodeId);
    expect(list?.bookmarks).toMatchObject([
      { seq: "3", note: "first retry" },
      { seq: "11", note: "gave up" },
    ]);
    await unmarkRow(scope, { episodeId, seq: "3" });
    await unmarkRow(scope, { episodeId, seq: "3" });
    expect((await listBookmarks(scope, episodeId))?.bookmarks.map(({ seq }) => seq)).toEqual(["11"]);
  });

  test("are a person's own: neither a colleague nor another workspace sees or removes them", async () => {
    const { scope, episodeId } = await episodeOf("owner");
    const colleague = await memberScope("viewer", {
      id: scope.workspaceId,
      slug: scope.workspaceSlug,
    });
    const stranger = await memberScope("owner");
    await markRow(scope, { episodeId, seq: "5", note: "mine" });
    await unmarkRow(colleague, { episodeId, seq: "5" });
    await unmarkRow(stranger, { episodeId, seq: "5" });
    expect((await listBookmarks(colleague, episodeId))?.bookmarks).toEqual([]);
    expect(await listBookmarks(stranger, episodeId)).toBeNull();
    expect(await markRow(stranger, { episodeId, seq: "5", note: "" })).toMatchObject({ code: "not_found" });
    expect((await listBookmarks(scope, episodeId))?.bookmarks).toMatchObject([{ seq: "5", note: "mine" }]);
  });

  test("are for rows that exist", async () => {
    const { scope, episodeId } = await episodeOf("viewer");
    expect(await markRow(scope, { episodeId, seq: "20", note: "" })).toMatchObject({ code: "not_found" });
    expect(await markRow(scope, { episodeId: "nowhere", seq: "0", note: "" })).toMatchObject({
      code: "not_found",
    });
  });

  test(`are ${mostBookmarks} at most, also when two tabs mark at once; a note can still be changed`, async () => {
    const { scope, episodeId } = await episodeOf("viewer", mostBookmarks + 5);
    for (let seq = 0; seq < mostBookmarks - 1; seq++)
      await markRow(scope, { episodeId, seq: `${seq}`, note: "" });
    const [first, second] = await Promise.all([
      markRow(scope, { episodeId, seq: `${mostBookmarks}`, note: "" }),
      markRow(scope, { episodeId, seq: `${mostBookmarks + 1}`, note: "" }),
    ]);
    expect([first.ok, second.ok].filter(Boolean)).toHaveLength(1);
    expect((await listBookmarks(scope, episodeId))?.bookmarks).toHaveLength(mostBookmarks);
    expect(await markRow(scope, { episodeId, seq: "7", note: "still mine" })).toEqual({ ok: true });
  });

  test("go with their episode", async () => {
    const { scope, episodeId } = await episodeOf("owner");
    await markRow(scope, { episodeId, seq: "5", note: "" });
    await deleteEpisode(scope, { episodeId, confirm: episodeId, reason: "test" });
    const deletion = await scoped(scope).collection(logDeletions).findOne({ episodeId });
    if (!deletion) throw new Error("no deletion");
    const later = { now: new Date(Date.now() + 3_600_000) };
    await purgeEpisode(scope, deletion, later);
    await uploadLines(scope, episodeId, logLines(20));
    expect((await listBookmarks(scope, episodeId))?.bookmarks).toEqual([]);
  });
});
