import { describe, expect, test } from "vitest";
import { listAuditOf } from "@/lib/db/audit";
import { ensureEpisode } from "@/lib/logs/episodes";
import { logMetadata } from "@/lib/mongo/collections/log-episodes";
import { scoped } from "@/lib/mongo/scoped";
import { filledEpisode } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { getEpisodeActs } from "../acts/queries";
import { saveArchivePolicy, saveEpisodeArchiving } from "./mutations";
import { getArchivePolicy } from "./queries";
import { archivePolicyInput, archivingMark } from "./schema";

testDatabase();
testMongo();

const small = { archiveThreshold: 400, chunkSize: 200, keepHot: 50, archiveAfterHours: 6 };

describe("the policy of a workspace", () => {
  test("holds for episodes made after it, and for no other", async () => {
    const scope = await memberScope("owner");
    const record = (episodeId: string) => scoped(scope).collection(logMetadata).findOne({ episodeId });
    await ensureEpisode(scope, "before");
    expect(await getArchivePolicy(scope)).toMatchObject({ isDefault: true, updatedAt: null });
    expect(await saveArchivePolicy(scope, { ...small, seen: "" })).toMatchObject({ ok: true });
    await ensureEpisode(scope, "after");
    await ensureEpisode(scope, "own", { chunkSize: 123 });
    expect(await record("before")).toMatchObject({
      archiveThreshold: 50_000,
      chunkSize: 50_000,
      keepHot: 2_000,
    });
    expect(await record("after")).toMatchObject({
      archiveThreshold: 400,
      chunkSize: 200,
      keepHot: 50,
      archiveAfterMs: 6 * 3_600_000,
    });
    expect(await record("own")).toMatchObject({ archiveThreshold: 400, chunkSize: 123 });
    const stranger = await memberScope("owner");
    expect(await getArchivePolicy(stranger)).toMatchObject({ isDefault: true });
  });

  test("is changed only by somebody who has seen what holds, and each change is on the trail", async () => {
    const scope = await memberScope("owner");
    await saveArchivePolicy(scope, { ...small, seen: "" });
    const { updatedAt } = await getArchivePolicy(scope);
    const wider = { ...small, keepHot: 60 };
    await expect(saveArchivePolicy(scope, { ...wider, seen: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await saveArchivePolicy(scope, { ...wider, seen: updatedAt ?? "" })).toMatchObject({ ok: true });
    await expect(saveArchivePolicy(scope, { ...small, seen: updatedAt ?? "" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await getArchivePolicy(scope)).archiving).toEqual(wider);
    const about = { resourceType: "workspace", resourceId: scope.workspaceId };
    expect(await listAuditOf(scope, about)).toMatchObject([
      { action: "archive.set_policy", before: { keepHot: 50 }, after: { keepHot: 60 } },
      { action: "archive.set_policy", before: null, after: { keepHot: 50 } },
    ]);
  });

  test("of two people who save at once one is refused", async () => {
    const scope = await memberScope("owner");
    const saves = await Promise.allSettled(
      [1, 2, 3, 4].map((keepHot) => saveArchivePolicy(scope, { ...small, keepHot, seen: "" })),
    );
    expect(saves.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("an episode that is there", () => {
  test("is changed from its next chunk on, looked at at once, and only as it was seen", async () => {
    const { scope, episodeId } = await filledEpisode(20);
    const seen = archivingMark((await getEpisodeActs(scope, episodeId))?.archiving ?? small);
    expect(await saveEpisodeArchiving(scope, { ...small, episodeId, seen })).toMatchObject({ ok: true });
    expect(await getEpisodeActs(scope, episodeId)).toMatchObject({ archiving: small });
    const record = await scoped(scope).collection(logMetadata).findOne({ episodeId });
    expect(record?.archiveDueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    await expect(saveEpisodeArchiving(scope, { ...small, episodeId, seen })).rejects.toMatchObject({
      code: "conflict",
    });
    const trail = await listAuditOf(scope, { resourceType: "log_episode", resourceId: episodeId });
    expect(trail).toMatchObject([
      { action: "archive.set_episode_policy", before: { chunkSize: 100 }, after: { chunkSize: 200 } },
    ]);
  });

  test("of another workspace is not there", async () => {
    const { episodeId } = await filledEpisode(20);
    const stranger = await memberScope("owner");
    const seen = archivingMark(small);
    expect(await saveEpisodeArchiving(stranger, { ...small, episodeId, seen })).toMatchObject({
      code: "not_found",
    });
    expect(await getEpisodeActs(stranger, episodeId)).toBeNull();
  });
});

describe("what is typed", () => {
  const typed = {
    archiveThreshold: "50,000",
    chunkSize: "50 000",
    keepHot: "0",
    archiveAfterHours: "24",
    seen: "",
  };
  const problems = (fields: Partial<Record<keyof typeof typed, string>>) =>
    archivePolicyInput.safeParse({ ...typed, ...fields }).error?.issues.map(({ path }) => path.join("."));

  test("may have separators", () => {
    expect(archivePolicyInput.parse(typed)).toMatchObject({ archiveThreshold: 50_000, chunkSize: 50_000 });
  });

  test.each([
    ["chunkSize", "50001"],
    ["chunkSize", "99"],
    ["archiveThreshold", ""],
    ["keepHot", "-1"],
    ["keepHot", "1.5"],
    ["archiveAfterHours", "0"],
  ] as const)("%s is not %o", (field, text) => {
    expect(new Set(problems({ [field]: text }))).toEqual(new Set([field]));
  });

  test("gives no chunk that could never be full", () => {
    expect(problems({ archiveThreshold: "40000" })).toEqual(["chunkSize"]);
  });
});
