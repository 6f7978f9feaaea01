import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { archiveEpisode } from "@/lib/archive/archiver";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { unsealSession } from "@/lib/auth/cookie";
import { longAnswer } from "@/lib/auth/long-answer";
import { revokeSessionKey, sessionForCookie } from "@/lib/auth/session";
import { env } from "@/lib/env";
import { everything } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { openDoor } from "@/lib/testing/export";
import { logLines, newEpisodeId, parsedLines, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, memberScope, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { numbersTold, sentEvents } from "@/lib/testing/tail";
import { listenTo, reaches } from "@/lib/testing/tail-listener";
import { endEpisode } from "../episodes";
import { ingestBatch } from "../ingest";
import { sealAbandoned } from "../seal";
import { logQueryFrom } from "../search/query";
import { eventText, type TailEvent } from "./event";
import { followEpisode } from "./follow";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const settings = { chunkSize: 100, archiveThreshold: 100, keepHot: 20 };
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let scope: WorkspaceScope;

beforeAll(async () => {
  workspace = await createWorkspace();
  const found = await scopeForCommand(workspace.slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
});

describe("a listener", () => {
  test("gets every row once and in order: archived, stored, and as it is written, while the archiver runs", async () => {
    const episodeId = newEpisodeId("grows");
    await uploadLines(scope, episodeId, logLines(350), { settings });
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    const listener = await listenTo(scope, episodeId);
    for (let batch = 0; batch < 6; batch++) {
      await uploadLines(scope, episodeId, logLines(75, 350 + batch * 75));
      await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    }
    await reaches(listener, 800);
    expect(listener.numbers()).toEqual(range(800));
  });

  test("waits before numbers that are being written, and goes on when they are there", async () => {
    const episodeId = newEpisodeId("held-up");
    await uploadLines(scope, episodeId, logLines(10));
    const listener = await listenTo(scope, episodeId);
    let arrived = () => {};
    let finish = () => {};
    const reserved = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const writing = ingestBatch(
      scope,
      { episodeId, batchId: "slow", entries: parsedLines(logLines(5, 10)), final: true },
      (step) => {
        if (step !== "reserved") return;
        arrived();
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      },
    );
    await reserved;
    await uploadLines(scope, episodeId, logLines(5, 15));
    // Another listener that begins behind the open numbers shows that the later rows were seen and held back.
    const late = await listenTo(scope, episodeId, { from: 10n });
    await vi.waitUntil(() => late.sent().length > 0);
    await reaches(listener, 10);
    expect(listener.numbers()).toEqual(range(10));
    expect(late.numbers()).toEqual([]);
    finish();
    await writing;
    await reaches(listener, 20);
    expect(listener.numbers()).toEqual(range(20));
    await reaches(late, 10);
    expect(late.numbers()).toEqual(range(10, 10));
  });

  test("is told of numbers whose writer died, in their place", async () => {
    const episodeId = newEpisodeId("tombs");
    await uploadLines(scope, episodeId, logLines(10));
    const dying = ingestBatch(
      scope,
      { episodeId, batchId: "dies", entries: parsedLines(logLines(5, 10)), final: true },
      () => {
        throw new Error("died");
      },
    );
    await expect(dying).rejects.toThrow("died");
    await uploadLines(scope, episodeId, logLines(5, 15));
    const listener = await listenTo(scope, episodeId);
    await reaches(listener, 10);
    await sealAbandoned(scope, episodeId, 0);
    await reaches(listener, 20);
    expect(listener.numbers()).toEqual(range(20));
    const gap = listener.sent().find(({ name }) => name === "gap");
    expect(gap).toMatchObject({ id: "14", data: { from: "10", to: "14", reason: "never_written" } });
  });

  test("without a place gets what comes from now on, and knows where that is", async () => {
    const episodeId = newEpisodeId("now");
    await uploadLines(scope, episodeId, logLines(30));
    const listener = await listenTo(scope, episodeId, { from: null });
    await vi.waitUntil(() => listener.sent().length > 0);
    expect(listener.sent()[0]).toMatchObject({
      id: "29",
      name: "state",
      data: { nextSequenceNumber: "30", archivedThrough: "-1", ended: false },
    });
    await uploadLines(scope, episodeId, logLines(5, 30));
    await reaches(listener, 5);
    expect(listener.numbers()).toEqual(range(5, 30));
  });

  test("learns that the episode has ended and what was archived", async () => {
    const episodeId = newEpisodeId("ends");
    await uploadLines(scope, episodeId, logLines(30), { settings });
    const listener = await listenTo(scope, episodeId);
    await endEpisode(scope, episodeId);
    await archiveEpisode(scope, episodeId, everything);
    const state = () => listener.sent().findLast(({ name }) => name === "state");
    await expect
      .poll(state, { timeout: 10_000 })
      .toMatchObject({ data: { ended: true, archivedThrough: "29" } });
  });

  test("with a filter gets the hits alone, and goes on behind everything that was looked at", async () => {
    const episodeId = newEpisodeId("filtered");
    await uploadLines(scope, episodeId, logLines(200), { settings });
    await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    const listener = await listenTo(scope, episodeId, { query: "levels=fatal&text=line 1" });
    await uploadLines(scope, episodeId, logLines(100, 200));
    const position = () => Number(listener.sent().at(-1)?.id);
    await expect.poll(position, { timeout: 10_000 }).toBe(299);
    const fatal = range(300).filter((number) => number % 8 === 7 && `line ${number}`.includes("line 1"));
    expect(listener.numbers()).toEqual(fatal);
  });

  test("that cannot follow is told exactly which rows were left out, and then sees the newest", async () => {
    const episodeId = newEpisodeId("slow");
    await uploadLines(scope, episodeId, logLines(20));
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    const request = { from: 0n, query: logQueryFrom(new URLSearchParams()) };
    const lag = { rows: 50n, ms: 0 };
    const events = await followEpisode(scope, episodeId, request, {
      answer: openDoor,
      signal: controller.signal,
      lag,
    });
    if (!events) throw new Error("not there");
    const told: TailEvent[] = [];
    const next = async () => {
      const { value } = await events.next();
      if (!value) throw new Error("The events ended");
      told.push(value);
      return value;
    };
    // A quick listener beside it shows when the rows are there.
    const quick = await listenTo(scope, episodeId);
    while ((await next()).kind !== "state");
    await uploadLines(scope, episodeId, logLines(500, 20));
    await reaches(quick, 520);
    const texts: Uint8Array[] = [];
    const replay = async function* () {
      yield* told;
    };
    while ((await next()).kind !== "skipped");
    await next();
    for await (const bytes of eventText(replay())) texts.push(bytes);
    const sent = sentEvents(Buffer.concat(texts).toString("utf8"));
    expect(numbersTold(sent)).toEqual(range(520));
    expect(sent.find(({ name }) => name === "skipped")).toMatchObject({
      id: "469",
      data: { from: "20", to: "469" },
    });
    expect(quick.numbers()).toEqual(range(520));
  });

  test("shares what it is told with all others", async () => {
    const episodeId = newEpisodeId("shared");
    await uploadLines(scope, episodeId, logLines(5));
    const listeners = await Promise.all(range(20).map(() => listenTo(scope, episodeId)));
    await uploadLines(scope, episodeId, logLines(50, 5));
    for (const listener of listeners) {
      await reaches(listener, 55);
      expect(listener.numbers()).toEqual(range(55));
    }
  });

  test("that leaves is no longer told anything, also when it was waiting", async () => {
    const episodeId = newEpisodeId("left");
    await uploadLines(scope, episodeId, logLines(5));
    const listener = await listenTo(scope, episodeId);
    await reaches(listener, 5);
    listener.leave();
    await listener.done;
    expect(listener.numbers()).toEqual(range(5));
  });

  test("whose access ends is told so, and no row after it", async () => {
    const episodeId = newEpisodeId("revoked");
    await uploadLines(scope, episodeId, logLines(5));
    let allowed = true;
    const answer = {
      stillAllowed: async () => allowed,
      failureOf: (error: unknown) => ({
        ok: false as const,
        code: "forbidden" as const,
        message: String(error),
      }),
    };
    const listener = await listenTo(scope, episodeId, { answer, trustMs: 0 });
    await reaches(listener, 5);
    allowed = false;
    await uploadLines(scope, episodeId, logLines(5, 5));
    await listener.done;
    expect(listener.numbers()).toEqual(range(5));
    expect(listener.sent().at(-1)).toMatchObject({ name: "end", data: { code: "forbidden" } });
  });

  test("whose session ends is told so as well", async () => {
    const episodeId = newEpisodeId("signed-out");
    await uploadLines(scope, episodeId, logLines(3));
    const member = await createPerson();
    await join(workspace, member, "viewer");
    const ownCookie = await signedInCookie(member);
    arrive(ownCookie);
    const answer = await longAnswer(workspace.slug, "logs:read");
    arrive(undefined);
    const listener = await listenTo(scope, episodeId, { answer, trustMs: 0 });
    await reaches(listener, 3);
    await revokeSessionKey((await unsealSession(ownCookie, env().NEXTAUTH_SECRET)) ?? "");
    expect(await sessionForCookie(ownCookie)).toBeNull();
    await uploadLines(scope, episodeId, logLines(3, 3));
    await listener.done;
    expect(listener.numbers()).toEqual(range(3));
    expect(listener.sent().at(-1)).toMatchObject({ name: "end", data: { code: "forbidden" } });
  });

  test("of another workspace finds no such episode", async () => {
    const episodeId = newEpisodeId("closed");
    await uploadLines(scope, episodeId, logLines(3));
    const stranger = await memberScope("owner");
    const request = { from: 0n, query: logQueryFrom(new URLSearchParams()) };
    const options = { answer: openDoor, signal: new AbortController().signal };
    expect(await followEpisode(stranger, episodeId, request, options)).toBeNull();
  });
});
