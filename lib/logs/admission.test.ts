import { beforeEach, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/api/v1/logs/route";
import { logIngestLimits } from "@/drizzle/schema/log-ingest-limits";
import type { WorkspaceScope } from "@/lib/auth/access";
import { issueApiToken } from "@/lib/auth/issue-token";
import { inScope } from "@/lib/db/in-scope";
import { expectSound } from "@/lib/testing/archive";
import { testDatabase } from "@/lib/testing/database";
import { startIngestServer } from "@/lib/testing/ingest-server";
import { logLines, newEpisodeId, range } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { admitted, mostBytesInFlight, mostBytesOfOne, mostUploadsAtOnce } from "./admission";
import { forgetIngestSettings } from "./ingest-settings";
import { getEpisode } from "./queries";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
const database = testDatabase();
const mongo = testMongo();
const objects = testObjects();

let scope: WorkspaceScope;
let authorization: string;
beforeEach(async () => {
  scope = await memberScope("admin");
  const issued = await issueApiToken(scope, { name: "ingest", scopes: ["logs:write"], days: 1 });
  if (!issued.ok) throw new Error(issued.code);
  authorization = `Bearer ${issued.token}`;
});

const send = (episodeId: string, lines: string[], token = authorization) =>
  POST(
    new Request(`http://localhost:3000/api/v1/logs?episode=${episodeId}`, {
      method: "POST",
      body: lines.join("\n"),
      headers: { authorization: token },
    }),
  );

const limitTo = (bytesPerSecond: number, rowsPerSecond: number) =>
  inScope(scope, (tx) =>
    tx
      .insert(logIngestLimits)
      .values({ workspaceId: scope.workspaceId, bytesPerSecond, rowsPerSecond })
      .onConflictDoUpdate({ target: logIngestLimits.workspaceId, set: { bytesPerSecond, rowsPerSecond } }),
  );

describe("a workspace that sends faster than it may", () => {
  test.each([
    ["rows", 1_000_000_000, 1],
    ["bytes", 100, 1_000_000],
  ])(
    "is told when to come back, by its %s, nothing of the refused upload is stored, and a higher limit holds at once",
    async (_, bytes, rows) => {
      await limitTo(bytes, rows);
      const episodeId = newEpisodeId();
      // More than the burst: what was let in is stored whole and leaves a debt.
      expect((await send(episodeId, logLines(500))).status).toBe(200);
      const refused = await send(episodeId, logLines(10, 500));
      expect(refused.status).toBe(429);
      const seconds = Number(refused.headers.get("retry-after"));
      // The debt of what came above the burst, to the second.
      expect(seconds).toBeGreaterThan(60);
      expect(await refused.json()).toMatchObject({
        error: {
          code: "rate_limited",
          retryAfterSeconds: seconds,
          message: expect.stringContaining("Nothing of this upload was stored"),
        },
      });
      expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 500 });
      await limitTo(1_000_000, 1_000_000);
      forgetIngestSettings(scope);
      expect((await send(episodeId, logLines(10, 500))).status).toBe(200);
      expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 510 });
    },
  );

  test("does not slow another one down", async () => {
    await limitTo(1, 1);
    const episodeId = newEpisodeId();
    expect((await send(episodeId, logLines(20))).status).toBe(200);
    expect((await send(episodeId, logLines(20))).status).toBe(429);
    const other = await memberScope("admin");
    const issued = await issueApiToken(other, { name: "ingest", scopes: ["logs:write"], days: 1 });
    if (!issued.ok) throw new Error(issued.code);
    expect((await send(episodeId, logLines(20), `Bearer ${issued.token}`)).status).toBe(200);
  });
});

describe("a process with all the uploads it can hold", () => {
  /** Uploads that take their place and keep it until `end`. */
  async function occupy(count: number, headers: Record<string, string>) {
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun = 0;
    const uploads = range(count).map(() =>
      admitted(scope, { headers: new Headers(headers) }, () => {
        begun++;
        return ended;
      }),
    );
    await vi.waitUntil(() => begun === count);
    return async () => {
      end();
      await Promise.all(uploads);
    };
  }

  test.each([
    ["number", mostUploadsAtOnce, { "content-length": "100" }],
    ["bytes", mostBytesInFlight / mostBytesOfOne, {}],
  ])(
    "refuses one more by their %s, storing nothing of it, until one of them is over",
    async (_, count, headers) => {
      const end = await occupy(count, headers);
      const episodeId = newEpisodeId();
      const lines = logLines(3);
      const refused = await send(episodeId, lines);
      expect(refused.status).toBe(503);
      expect(refused.headers.get("retry-after")).toBe("1");
      expect(await refused.json()).toMatchObject({
        error: { code: "unavailable", message: expect.stringContaining("Nothing of this one was stored") },
      });
      expect(await getEpisode(scope, episodeId)).toBeNull();
      await end();
      expect((await send(episodeId, lines)).status).toBe(200);
    },
  );
});

test("two hundred uploads at once do not grow its memory, and each is stored whole or refused", {
  timeout: 240_000,
}, async () => {
  const server = await startIngestServer({
    databaseUrl: database.url,
    mongoDatabase: mongo.name,
    objectStore: objects.directory,
  });
  const filler = "x".repeat(8_000);
  const body = Buffer.from(
    range(1000)
      .map((n) => JSON.stringify({ message: `line ${n} ${filler}`, level: "info" }))
      .join("\n"),
  );
  const episodes = range(4).map(() => newEpisodeId());
  try {
    const answers = await Promise.all(
      range(200).map(async (n) => {
        const episodeId = episodes[n % episodes.length] ?? "";
        return { episodeId, ...(await server.send(episodeId, `upload-${n}`, authorization, body)) };
      }),
    );
    expect(
      [...new Set(answers.map(({ status }) => status))].filter((s) => ![200, 429, 503].includes(s)),
    ).toEqual([]);
    const stored = answers.filter(({ status }) => status === 200);
    expect(stored.length).toBeGreaterThanOrEqual(mostBytesInFlight / mostBytesOfOne / 2);
    for (const episodeId of episodes) {
      const total = stored.filter((answer) => answer.episodeId === episodeId).length * 1000;
      expect((await getEpisode(scope, episodeId))?.total ?? 0).toBe(total);
      if (total > 0) await expectSound(scope, episodeId);
    }
    // The bodies alone are 1.6 GB.
    expect(await server.peakMemory()).toBeLessThan(1024 * 1024 * 1024);
  } finally {
    await server.stop();
  }
});
