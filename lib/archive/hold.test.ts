import { expect, test } from "vitest";
import { logHolds } from "@/lib/mongo/collections/log-deletions";
import { newObjectId } from "@/lib/mongo/object-id";
import { scoped } from "@/lib/mongo/scoped";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { heldEpisodes, listHolds, listHoldsOn, placeHold, releaseHold } from "./hold";

testDatabase();
testMongo();

async function manyHolds(count: number) {
  const scope = await memberScope("owner");
  const placedAt = new Date();
  const holds = Array.from({ length: count }, (_, n) => ({
    _id: newObjectId(),
    episodeId: `held-${n}`,
    reason: `case ${n}`,
    placedBy: scope.userId,
    // Some at the very same time: a page must not end in the middle of them.
    placedAt: new Date(placedAt.getTime() + Math.floor(n / 3)),
    releasedBy: null,
    releasedAt: null,
    releaseReason: null,
  }));
  await scoped(scope).collection(logHolds).insertMany(holds);
  return scope;
}

test("every episode that is held is kept, however many there are", async () => {
  const scope = await manyHolds(1_200);
  expect(await heldEpisodes(scope)).toHaveLength(1_200);
  expect(await heldEpisodes(await memberScope("owner"))).toEqual([]);
  await placeHold(scope, { episodeId: null, reason: "everything" });
  expect(await heldEpisodes(scope)).toBeNull();
});

test("pages of holds meet without a gap and without one twice", async () => {
  const scope = await manyHolds(25);
  const seen: (string | null)[] = [];
  let cursor: string | null = null;
  do {
    const page = await listHolds(scope, { cursor, limit: 4 });
    seen.push(...page.rows.map(({ episodeId }) => episodeId));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  expect((await listHolds(scope, { cursor: "broken" })).rows).toHaveLength(25);
});

test("a hold far down the list is released like the first, and a workspace's counts for each of its episodes", async () => {
  const scope = await manyHolds(60);
  const [last] = await listHoldsOn(scope, "held-59");
  if (!last) throw new Error("held-59 is not held");
  const wish = { holdId: String(last._id), reason: "case closed" };
  expect(await releaseHold(await memberScope("owner"), wish)).toMatchObject({ code: "not_found" });
  expect(await releaseHold(scope, wish)).toMatchObject({ ok: true });
  expect(await listHoldsOn(scope, "held-59")).toEqual([]);
  await placeHold(scope, { episodeId: null, reason: "everything" });
  expect(await listHoldsOn(scope, "held-59")).toMatchObject([{ episodeId: null, reason: "everything" }]);
});
