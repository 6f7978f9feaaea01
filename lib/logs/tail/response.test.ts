import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { GET } from "@/app/api/w/[workspace]/logs/[episodeId]/tail/route";
import { archiveEpisode } from "@/lib/archive/archiver";
import { scopeForCommand, type WorkspaceScope } from "@/lib/auth/access";
import { seededRandom } from "@/lib/seeded-random";
import { testDatabase } from "@/lib/testing/database";
import { logLines, newEpisodeId, range, uploadLines } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { createPerson, createWorkspace, join, signedInCookie } from "@/lib/testing/people";
import { arrive } from "@/lib/testing/request";
import { numbersTold, type SentEvent, sentEvents } from "@/lib/testing/tail";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

const settings = { chunkSize: 100, archiveThreshold: 100, keepHot: 20 };
let workspace: Awaited<ReturnType<typeof createWorkspace>>;
let scope: WorkspaceScope;
let cookie = "";

beforeAll(async () => {
  workspace = await createWorkspace();
  const member = await createPerson();
  await join(workspace, member, "viewer");
  cookie = await signedInCookie(member);
  const found = await scopeForCommand(workspace.slug);
  if (!found) throw new Error("The workspace is not there");
  scope = found;
});

function ask(episodeId: string, { query = "", lastEventId }: { query?: string; lastEventId?: string } = {}) {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const request = new Request(
    `http://localhost:3000/api/w/${workspace.slug}/logs/${episodeId}/tail?${query}`,
    {
      headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId },
      signal: controller.signal,
    },
  );
  return GET(request, { params: Promise.resolve({ workspace: workspace.slug, episodeId }) });
}

test("loses and repeats nothing over many connections that break anywhere, while rows come and move", async () => {
  const episodeId = newEpisodeId("drops");
  const random = seededRandom("drops");
  const rowCount = 800;
  await uploadLines(scope, episodeId, logLines(100), { settings });
  arrive(cookie);
  const writing = (async () => {
    for (let first = 100; first < rowCount; first += 50) {
      await uploadLines(scope, episodeId, logLines(50, first));
      if (first % 200 === 0) await archiveEpisode(scope, episodeId, { trigger: "on_demand" });
    }
  })();
  const received: SentEvent[] = [];
  let lastEventId: string | undefined = "-1";
  let drops = 0;
  while (numbersTold(received).length < rowCount) {
    const response = await ask(episodeId, { lastEventId });
    // What arrives before the connection breaks, at any byte of an event and at any time.
    const text = await readSome(response, random.whole(1, 45_000), random.whole(1, 120));
    const whole = sentEvents(text);
    received.push(...whole);
    lastEventId = whole.findLast(({ id }) => id !== null)?.id ?? lastEventId;
    drops++;
    if (drops > 2_000) throw new Error("The tail does not get on");
  }
  await writing;
  expect(drops).toBeGreaterThan(5);
  expect(numbersTold(received)).toEqual(range(rowCount));
});

test("holds nothing back on the way, and refuses what is no place of the stream", async () => {
  const episodeId = newEpisodeId("plain");
  await uploadLines(scope, episodeId, logLines(3));
  arrive(cookie);
  const response = await ask(episodeId, { query: "from=0" });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  expect(response.headers.get("cache-control")).toContain("no-transform");
  expect(numbersTold(sentEvents(await readSome(response, 200)))).toEqual([]);
  expect((await ask(episodeId, { lastEventId: "abc" })).status).toBe(400);
  expect((await ask(episodeId, { query: "from=-5" })).status).toBe(400);
  expect((await ask(newEpisodeId("nowhere"))).status).toBe(404);
});

test("is closed to strangers and to the signed-out", async () => {
  const episodeId = newEpisodeId("closed");
  await uploadLines(scope, episodeId, logLines(3));
  arrive(await signedInCookie(await createPerson()));
  expect((await ask(episodeId)).status).toBe(404);
  arrive(undefined);
  expect((await ask(episodeId)).status).toBe(401);
});

/** The first `bytes` of a body, or what of them comes in time; then the reader is gone. */
async function readSome(response: Response, bytes: number, milliseconds = 5_000): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) throw new Error("There is no body");
  const timer = setTimeout(() => void reader.cancel(), milliseconds);
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < bytes) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  clearTimeout(timer);
  await reader.cancel();
  return Buffer.concat(parts).subarray(0, bytes).toString("utf8");
}
