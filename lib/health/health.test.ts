import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/api/health/route";
import { canaryProblems } from "@/drizzle/schema/canary-problems";
import { type WorkspaceScope, workerPlatformScope } from "@/lib/auth/access";
import { remember } from "@/lib/canary/memory";
import { ensureCanaryWorkspace } from "@/lib/canary/workspace";
import { database } from "@/lib/db/client";
import { inPlatform } from "@/lib/db/in-scope";
import { countStoreError, giveBackStoreErrors, takeStoreErrors } from "@/lib/objects/error-counts";
import type { ObjectStore } from "@/lib/objects/object-store";
import { S3Store } from "@/lib/objects/s3";
import { objectStore, switchObjectStore } from "@/lib/objects/store";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { minute } from "@/lib/time";
import { judgeHealth } from "./judge";
import { getHealth, getStoreErrors } from "./queries";
import { probeStores, recordStoreErrors, reportAlive } from "./report";

testDatabase();
testMongo();
testObjects();

const platform = workerPlatformScope();
let scope: WorkspaceScope;
beforeEach(async () => {
  scope = await memberScope("viewer");
  takeStoreErrors();
});

describe("a thing that reports", () => {
  const now = new Date("2026-11-20T10:00:00Z");
  const heardAt = (agoMs: number) => new Date(now.getTime() - agoMs);

  test("is off before its first word, silent when it stops, and failing only while it is heard", () => {
    const judge = (at: Date | null, failing: boolean) => judgeHealth("worker", { heardAt: at, failing }, now);
    expect(judge(null, false)).toBe("off");
    expect(judge(null, true)).toBe("failing");
    expect(judge(heardAt(minute), false)).toBe("ok");
    expect(judge(heardAt(minute), true)).toBe("failing");
    expect(judge(heardAt(minute + 1), true)).toBe("silent");
  });
});

test("before anything ran, health says so", async () => {
  expect(await getHealth(scope)).toMatchObject({
    canary: { state: "off", checked: 0, lastCheckedAt: null },
    worker: { state: "off", workers: 0 },
    stores: [
      { store: "mongodb", state: "off" },
      { store: "objects", state: "off" },
    ],
    objectStoreErrors24h: { requests: 0, kinds: [], last: null },
  });
});

test("workers that are alive are counted, and one that fell silent is not", async () => {
  await reportAlive(platform, "one", new Date());
  await reportAlive(platform, "two", new Date());
  await reportAlive(platform, "one", new Date());
  expect((await getHealth(scope)).worker).toMatchObject({ state: "ok", workers: 2 });
  const later = new Date(Date.now() + 2 * minute);
  expect((await getHealth(scope, later)).worker).toMatchObject({ state: "silent" });
});

test("the canary's figures are its counts, and what it found in the last day makes it fail", async () => {
  await ensureCanaryWorkspace(platform);
  const episodeId = "canary-2026-11-20T10:00:00.000Z";
  await remember(platform, { episodeId, checked: 40, cold: 15 });
  expect((await getHealth(scope)).canary).toMatchObject({ state: "ok", checked: 40, cold: 15 });

  const finding = { line: 3, kind: "missing", detail: "gone" } as const;
  await remember(platform, { episodeId, checked: 2, findings: [finding] });
  await remember(platform, { episodeId, checked: 1, findings: [finding] });
  expect((await getHealth(scope)).canary).toMatchObject({
    state: "failing",
    checked: 43,
    wrong: { missing: 1, duplicate: 0, out_of_order: 0, changed: 0 },
  });
  const lastSeenAt = new Date(Date.now() - 25 * 60 * minute);
  await database().update(canaryProblems).set({ lastSeenAt });
  expect((await getHealth(scope)).canary).toMatchObject({ state: "ok", wrong: { missing: 0 } });
});

describe("stores are asked", () => {
  let usual: ObjectStore;
  beforeEach(() => {
    usual = objectStore();
  });
  afterEach(() => switchObjectStore(usual));

  test("and those that answer are well", async () => {
    await probeStores(platform);
    expect((await getHealth(scope)).stores).toMatchObject([
      { store: "mongodb", state: "ok", problem: null },
      { store: "objects", state: "ok", problem: null },
    ]);
  });

  test("and one that cannot be reached is told with the place", async () => {
    const patience = { attempts: 1, stallMs: 5_000, firstPauseMs: 1, lastPauseMs: 1 };
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    switchObjectStore(
      new S3Store({ endpoint: "http://127.0.0.1:1", bucket: "nowhere", credentials, patience }),
    );
    await probeStores(platform);
    const { stores } = await getHealth(scope);
    expect(stores).toMatchObject([
      { store: "mongodb", state: "ok" },
      {
        store: "objects",
        state: "failing",
        problem: expect.stringContaining("s3://nowhere cannot be reached"),
      },
    ]);
  });
});

test("failed requests of all processes are added up, and none is lost when they cannot be put on record", async () => {
  const record = () => recordStoreErrors((work) => inPlatform(platform, work));
  await record();
  const before = (await getHealth(scope)).objectStoreErrors24h.requests;
  countStoreError("throttled");
  countStoreError("throttled");
  countStoreError("timeout");
  const refused = recordStoreErrors(() => Promise.reject(new Error("no database")));
  await expect(refused).rejects.toThrow("no database");
  await record();
  countStoreError("throttled");
  // Whoever asks for the figures brings along what its own process met.
  const { requests, kinds } = (await getHealth(scope)).objectStoreErrors24h;
  expect(requests - before).toBe(4);
  expect(kinds).toEqual(expect.arrayContaining([{ kind: "throttled", requests: 3 }]));
  await record();
  expect((await getHealth(scope)).objectStoreErrors24h.requests).toBe(requests);
});

test("of failed requests the last one is known, whoever put it on record first", async () => {
  const record = () => recordStoreErrors((work) => inPlatform(platform, work));
  countStoreError("timeout");
  const slow = takeStoreErrors();
  await vi.waitUntil(() => Date.now() > Number(slow.get("timeout")?.lastAt));
  countStoreError("full");
  await record();
  giveBackStoreErrors(slow);
  await record();
  expect((await getStoreErrors(scope)).last).toMatchObject({ kind: "full" });
});

test("a load balancer is told that the process answers, and nothing else", async () => {
  const answer = GET();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok" });
});
