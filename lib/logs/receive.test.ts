import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/api/v1/logs/route";
import type { WorkspaceScope } from "@/lib/auth/access";
import { issueApiToken } from "@/lib/auth/issue-token";
import { testDatabase } from "@/lib/testing/database";
import { storedEntries } from "@/lib/testing/doors";
import { logLines, messagesOf, newEpisodeId, range, walkEpisode } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { memberScope } from "@/lib/testing/people";
import { config as proxyConfig } from "@/proxy";
import { getEpisode } from "./queries";
import { receiveLogs } from "./receive";
import { checkEpisode } from "./verify";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

let scope: WorkspaceScope;
beforeAll(async () => {
  scope = await memberScope("editor");
});

const url = "http://localhost:3000/api/v1/logs";
const ndjson = (lines: string[]) => `${lines.join("\n")}\n`;

function upload(episodeId: string, body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request(`${url}?episode=${encodeURIComponent(episodeId)}`, { method: "POST", body, headers });
}

describe("an upload", () => {
  test.each([
    ["NDJSON", (lines: string[]) => [ndjson(lines), {}]],
    ["a JSON array", (lines: string[]) => [`[\n${lines.join(",\n")}\n]`, {}]],
    ["gzip", (lines: string[]) => [gzipSync(ndjson(lines)), { "content-encoding": "gzip" }]],
  ] as const)("of %s is stored and answered with its numbers", async (_name, pack) => {
    const episodeId = newEpisodeId();
    const [body, headers] = pack(logLines(2300)) as [BodyInit, Record<string, string>];
    expect(await receiveLogs(scope, upload(episodeId, body, headers))).toEqual({
      accepted: 2300,
      rejected: 0,
      firstSequence: "0",
      lastSequence: "2299",
      errors: [],
      repeated: false,
    });
    expect(messagesOf(await walkEpisode(scope, episodeId, { limit: 1000 }))).toEqual(
      range(2300).map((n) => `line ${n}`),
    );
    expect((await checkEpisode(scope, episodeId)).problems).toEqual([]);
  });

  test("names its bad lines and stores the good ones", async () => {
    const episodeId = newEpisodeId();
    const [first = "", second = ""] = logLines(2);
    const receipt = await receiveLogs(
      scope,
      upload(episodeId, ndjson([first, "{broken", "", second, "[1,2]"])),
    );
    expect(receipt).toMatchObject({
      accepted: 2,
      rejected: 2,
      errors: [
        { line: 2, reason: expect.stringContaining("key in quotes") },
        { line: 5, reason: expect.stringContaining("Not a JSON object") },
      ],
    });
    expect(messagesOf(await walkEpisode(scope, episodeId))).toEqual(["line 0", "line 1"]);
  });

  test("names a hundred bad lines and counts the others", async () => {
    const { rejected, errors } = await receiveLogs(scope, upload(newEpisodeId(), "x\n".repeat(250)));
    expect(rejected).toBe(250);
    expect(errors).toHaveLength(100);
  });

  test("of something else altogether is given up early", async () => {
    const body = `${"this is no JSON\n".repeat(10_001)}${ndjson(logLines(1))}`;
    await expect(receiveLogs(scope, upload(newEpisodeId(), body))).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining("More than 10,000 lines"),
    });
  });

  test("sent again under its Idempotency-Key is stored once; a longer or another one is refused", async () => {
    const episodeId = newEpisodeId();
    const headers = { "idempotency-key": "upload-1" };
    const send = (lines: string[]) => receiveLogs(scope, upload(episodeId, ndjson(lines), headers));
    const first = await send(logLines(2000));
    expect(await send(logLines(2000))).toEqual({ ...first, repeated: true });
    await expect(send(logLines(2500))).rejects.toMatchObject({ code: "conflict" });
    await expect(send(logLines(2000, 7))).rejects.toMatchObject({ code: "conflict" });
    expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 2000 });
  });

  test("whose line is larger as a document than the database takes is stored, and read back word for word", async () => {
    const episodeId = newEpisodeId("swollen");
    // Two bytes of text each, and about fifteen as an element of an array.
    const line = `{"message":"m","level":"info","list":[${"1,".repeat(1_999_000)}1]}`;
    expect(await receiveLogs(scope, upload(episodeId, `${line}\n`))).toMatchObject({ accepted: 1 });
    const [entry] = await storedEntries(scope, episodeId);
    expect(entry?.metadataText === line.replace('"message":"m","level":"info",', "")).toBe(true);
    expect((await checkEpisode(scope, episodeId)).problems).toEqual([]);
  });

  test("without a key is stored each time it comes", async () => {
    const episodeId = newEpisodeId();
    await receiveLogs(scope, upload(episodeId, ndjson(logLines(3))));
    await receiveLogs(scope, upload(episodeId, ndjson(logLines(3))));
    expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 6 });
  });

  test("that unpacks to more than the limit is stopped on the way, and says how far it came", async () => {
    const episodeId = newEpisodeId();
    const bomb = gzipSync(
      Buffer.concat([Buffer.from(ndjson(logLines(1001))), Buffer.alloc(70 * 1024 * 1024, "\n")]),
    );
    const stopped = receiveLogs(scope, upload(episodeId, bomb, { "content-encoding": "gzip" }));
    await expect(stopped).rejects.toMatchObject({
      code: "too_large",
      message: expect.stringContaining("The first 1000 entries of this upload are stored."),
    });
    expect((await checkEpisode(scope, episodeId)).problems).toEqual([]);
  });

  test("that was cut off on its way is refused, instead of passing for a short one", async () => {
    const body = ndjson(logLines(1500));
    const headers = { "content-length": String(body.length + 1), "idempotency-key": "cut-off" };
    const episodeId = newEpisodeId();
    await expect(receiveLogs(scope, upload(episodeId, body, headers))).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(/cut short on its way: \d+ of \d+ bytes.*The first 1000 entries/),
    });
    const whole = { "content-length": String(body.length), "idempotency-key": "cut-off" };
    expect(await receiveLogs(scope, upload(episodeId, body, whole))).toMatchObject({ accepted: 1500 });
    expect(await getEpisode(scope, episodeId)).toMatchObject({ total: 1500 });
  });

  test.each([
    ["no episode", new Request(url, { method: "POST", body: "{}" }), /Name the episode/],
    ["an episode that is no id", upload("../x", "{}"), /episode: An episode id has/],
    ["a key with a space", upload("e", "{}", { "idempotency-key": "a b" }), /Idempotency-Key/],
    ["broken gzip", upload("e", "no gzip at all", { "content-encoding": "gzip" }), /gzip data is broken/],
    ["another encoding", upload("e", "x", { "content-encoding": "br" }), /content-encoding br/],
    ["no body", new Request(`${url}?episode=e`, { method: "POST" }), /no body/],
  ])("with %s is refused with a sentence", async (_name, request, sentence) => {
    await expect(receiveLogs(scope, request)).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(sentence),
    });
  });

  test("may name its episode in a header", async () => {
    const episodeId = newEpisodeId();
    const request = new Request(url, {
      method: "POST",
      body: ndjson(logLines(1)),
      headers: { "x-strata-episode": episodeId },
    });
    expect(await receiveLogs(scope, request)).toMatchObject({ accepted: 1 });
  });
});

describe("POST /api/v1/logs", () => {
  async function tokenFor(permission: "logs:write" | "logs:read") {
    const admin = await memberScope("admin");
    const issued = await issueApiToken(admin, { name: "ingest", scopes: [permission], days: 1 });
    if (!issued.ok) throw new Error(issued.code);
    return { admin, authorization: `Bearer ${issued.token}` };
  }

  test("stores into the token's workspace", async () => {
    const { admin, authorization } = await tokenFor("logs:write");
    const episodeId = newEpisodeId();
    const response = await POST(upload(episodeId, ndjson(logLines(3)), { authorization }));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      accepted: 3,
      rejected: 0,
      firstSequence: "0",
      lastSequence: "2",
    });
    expect(await getEpisode(admin, episodeId)).toMatchObject({ total: 3 });
    expect(await getEpisode(scope, episodeId)).toBeNull();
  });

  test("answers 401 without a token, 403 to one for reading, 400 when no line was good, 409 and 413 as named", async () => {
    const { authorization } = await tokenFor("logs:write");
    const reading = await tokenFor("logs:read");
    const episodeId = newEpisodeId();
    const statusOf = async (body: BodyInit, headers: Record<string, string>) =>
      (await POST(upload(episodeId, body, headers))).status;
    expect(await statusOf("{}", {})).toBe(401);
    expect(await statusOf("{}", { authorization: "Bearer nonsense" })).toBe(401);
    expect(await statusOf("{}", { authorization: reading.authorization })).toBe(403);
    expect(await statusOf("not json\n", { authorization })).toBe(400);
    expect(await statusOf("[]", { authorization })).toBe(400);
    const headers = { authorization, "idempotency-key": "k" };
    expect(await statusOf(ndjson(logLines(2)), headers)).toBe(200);
    expect(await statusOf(ndjson(logLines(2)), headers)).toBe(200);
    expect(await statusOf(ndjson(logLines(3)), headers)).toBe(409);
    expect(await statusOf(Buffer.alloc(65 * 1024 * 1024, "\n"), { authorization })).toBe(413);
  });

  test("no proxy stands before it, which would hand on only the first 10 MB of a body", () => {
    const goThrough = (path: string) =>
      proxyConfig.matcher.some((pattern) => new RegExp(`^${pattern}$`).test(path));
    expect(goThrough("/api/v1/logs")).toBe(false);
    expect(goThrough("/api/w/demo/runs")).toBe(true);
    expect(goThrough("/w/demo/logs")).toBe(true);
  });
});
