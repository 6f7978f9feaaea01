import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { compressSync } from "snappy";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/loki/api/v1/push/route";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith, storedEntries } from "@/lib/testing/doors";
import { newEpisodeId, range } from "@/lib/testing/logs";
import { type LokiPush, lokiMessage, lokiProtobuf } from "@/lib/testing/loki";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { config as proxyConfig } from "@/proxy";
import { listEpisodes } from "../queries";
import { checkEpisode } from "../verify";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

let program: Program;
beforeAll(async () => {
  program = await programWith("logs:write");
});

type Headers = Record<string, string>;
const json: Headers = { "content-type": "application/json" };
const protobuf: Headers = { "content-type": "application/x-protobuf" };
const time = "1680000000123456789";

function push(body: BodyInit, headers: Headers, by = program): Promise<Response> {
  return POST(
    new Request("http://localhost:3000/loki/api/v1/push", {
      method: "POST",
      body,
      headers: { authorization: by.authorization, ...headers },
    }),
  );
}

const pushOf = (stream: Record<string, string>, values: LokiPush["streams"][number]["values"]): LokiPush => ({
  streams: [{ stream, values }],
});

const encodings = [
  ["JSON", (body: LokiPush) => JSON.stringify(body), json],
  ["protobuf", lokiProtobuf, protobuf],
] as const;

describe.each(encodings)("a push in %s", (_name, encode, headers) => {
  test("is read back with its labels and its nanoseconds, the line as it was", async () => {
    const episode = newEpisodeId("loki");
    const line = '{"level":"fatal","msg":"not taken apart"} \u{1f600} \u0000';
    const labels = { strata_episode: episode, level: "warn", note: 'a "b" \\ \n {c="d"}' };
    const response = await push(encode(pushOf(labels, [[time, line, { trace_id: "0242ac" }]])), headers);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
    const [entry, ...others] = await storedEntries(program.scope, episode);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ message: line, level: "warn", flags: [] });
    expect(entry?.at.toISOString()).toBe("2023-03-28T10:40:00.123Z");
    expect(entry?.metadataText).toBe(
      `{"labels":${JSON.stringify(labels)},"structuredMetadata":{"trace_id":"0242ac"},"timeUnixNano":${time}}`,
    );
    expect((await checkEpisode(program.scope, episode)).problems).toEqual([]);
  });

  test("is turned away soon when its labels, said once, would be said of too many lines to store one", async () => {
    const labels = { app: "x".repeat(5 * 1024 * 1024) };
    const response = await push(
      encode(
        pushOf(
          labels,
          range(2000).map((): [string, string] => [time, "line"]),
        ),
      ),
      headers,
    );
    expect(response.status).toBe(413);
  });

  test("takes the level of a line from its own labels before those of its stream, and flags its absence", async () => {
    const episode = newEpisodeId("levels");
    const body = pushOf({ episode, level: "info" }, [
      [time, "own", { detected_level: "ERROR" }],
      [time, "stream's"],
      [time, "unknown", { level: "loud" }],
    ]);
    await push(encode(body), headers);
    await push(encode(pushOf({ episode }, [[time, "none"]])), headers);
    const stored = await storedEntries(program.scope, episode);
    expect(stored.map(({ level, flags }) => [level, ...flags])).toEqual([
      ["error"],
      ["info"],
      ["info"],
      ["info", "level_missing"],
    ]);
  });

  test("of several streams lands in several episodes, in order", async () => {
    const [first, second] = [newEpisodeId("a"), newEpisodeId("b")];
    const values = (of: string) => range(1200).map((n): [string, string] => [time, `${of} ${n}`]);
    const body = {
      streams: [first, second].map((episode) => ({ stream: { episode }, values: values(episode) })),
    };
    expect((await push(encode(body), headers)).status).toBe(204);
    for (const episode of [first, second]) {
      const stored = await storedEntries(program.scope, episode);
      expect(stored.map(({ message }) => message)).toEqual(values(episode).map(([, line]) => line));
    }
  });

  test("goes to an episode of its stream, whatever the order of its labels and its level", async () => {
    const other = await programWith("logs:write");
    const streams: Record<string, string>[] = [
      { app: "web", host: "a" },
      { host: "a", app: "web" },
      { app: "web", host: "a", level: "error" },
    ];
    for (const stream of streams)
      expect((await push(encode(pushOf(stream, [[time, "same"]])), headers, other)).status).toBe(204);
    await push(encode(pushOf({ app: "web", host: "b" }, [[time, "another"]])), headers, other);
    const { episodes } = await listEpisodes(other.scope);
    expect(episodes.map(({ total }) => total).sort()).toEqual([1, 3]);
    for (const { episodeId } of episodes) expect(episodeId).toMatch(/^web-[0-9a-f]{12}$/);
  });

  test("sent again under its key is stored once", async () => {
    const episode = newEpisodeId("repeated");
    const body = encode(pushOf({ episode }, [[time, "once"]]));
    for (const key of ["k", "k", "k"])
      expect((await push(body, { ...headers, "idempotency-key": key })).status).toBe(204);
    expect(await storedEntries(program.scope, episode)).toHaveLength(1);
  });

  test("stores the good lines and says in words which it did not", async () => {
    const episode = newEpisodeId("partial");
    const body = pushOf({ episode }, [
      [time, "good"],
      [time, "x".repeat(4_200_000)],
    ]);
    const response = await push(encode(body), headers);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toMatch(/^1 lines stored, 1 refused: record 2: it is longer than/);
    expect((await storedEntries(program.scope, episode)).map(({ message }) => message)).toEqual(["good"]);
  });
});

test("a push in JSON may be packed with gzip", async () => {
  const episode = newEpisodeId("packed");
  const body = Uint8Array.from(gzipSync(JSON.stringify(pushOf({ episode }, [[time, "m"]]))));
  expect((await push(body, { ...json, "content-encoding": "gzip" })).status).toBe(204);
  expect(await storedEntries(program.scope, episode)).toHaveLength(1);
});

test("a push without a type, as Loki allows, is protobuf; naming snappy as encoding changes nothing", async () => {
  const episode = newEpisodeId("untyped");
  const body = lokiProtobuf(pushOf({ episode }, [[time, "m"]]));
  expect((await push(body, {})).status).toBe(204);
  expect((await push(body, { ...protobuf, "content-encoding": "snappy" })).status).toBe(204);
  expect(await storedEntries(program.scope, episode)).toHaveLength(2);
});

describe("a push that cannot be served", () => {
  /** The good line comes first: it must not land either. */
  const withBad = (value: unknown) => (episode: string) =>
    JSON.stringify({ streams: [{ stream: { episode }, values: [[time, "good"], value] }] });
  const good = (episode: string) => pushOf({ episode }, [[time, "m"]]);
  const cut = (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 2);

  test.each([
    ["broken JSON", 400, (e: string) => withBad([time, "m"])(e).slice(0, -3), json],
    ["no streams", 400, () => "{}", json],
    ["streams that are no list", 400, () => '{"streams":{}}', json],
    ["a stream without labels", 400, () => JSON.stringify(pushOf({}, [[time, "m"]])), json],
    ["a label that is no string", 400, () => '{"streams":[{"stream":{"a":1},"values":[]}]}', json],
    ["a time that is a number", 400, withBad([1680000000, "m"]), json],
    ["a time in words", 400, withBad(["now", "m"]), json],
    ["a time beyond 64 bits", 400, withBad(["9999999999999999999", "m"]), json],
    ["a line that is an object", 400, withBad([time, { m: 1 }]), json],
    ["no line", 400, withBad([time]), json],
    ["metadata that is no object", 400, withBad([time, "m", "x"]), json],
    ["more than an entry has", 400, withBad([time, "m", {}, 1]), json],
    ["bytes that are no UTF-8", 400, () => Buffer.from('{"streams":"\xff"}', "latin1"), json],
    ["protobuf without snappy", 400, (e: string) => lokiMessage(good(e)), protobuf],
    ["snappy cut short", 400, (e: string) => cut(lokiProtobuf(good(e))), protobuf],
    ["protobuf cut short", 400, (e: string) => compressSync(cut(lokiMessage(good(e)))), protobuf],
    ["snappy that will be 4 GB", 413, () => Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0]), protobuf],
    ["an episode that is no id", 400, () => JSON.stringify(good("../x")), json],
    ["no token", 401, (e: string) => JSON.stringify(good(e)), { ...json, authorization: "" }],
    ["plain text", 415, (e: string) => JSON.stringify(good(e)), { "content-type": "text/plain" }],
    [
      "an encoding nobody knows",
      415,
      (e: string) => JSON.stringify(good(e)),
      { ...json, "content-encoding": "br" },
    ],
    ["21 MB", 413, () => Buffer.alloc(21 << 20, " "), json],
  ] as const)("%s: %i in plain text, and nothing lands", async (_name, status, bodyFor, headers) => {
    const episode = newEpisodeId("refused");
    const body = bodyFor(episode);
    const response = await push(typeof body === "string" ? body : Uint8Array.from(body), headers);
    expect(response.status).toBe(status);
    expect(await response.text()).toMatch(/\w \w.*\.\n$/s);
    expect(await storedEntries(program.scope, episode)).toEqual([]);
  });

  test("a token that may only read: 403", async () => {
    expect((await push("{}", json, await programWith("logs:read"))).status).toBe(403);
  });
});

test("no proxy stands before it, which would hand on only the first 10 MB of a body", () => {
  const [matcher = ""] = proxyConfig.matcher;
  expect(new RegExp(`^${matcher}$`).test("/loki/api/v1/push")).toBe(false);
});

const example = join(import.meta.dirname, "../../../../shared/data/otlp/loki/push_valid.json");
const why = existsSync(example) ? "" : " (skipped: the folder ../shared/data is not there)";

test.skipIf(!existsSync(example))(`the example push is read back equal${why}`, async () => {
  const other = await programWith("logs:write");
  expect((await push(readFileSync(example, "utf8"), json, other)).status).toBe(204);
  const [episode] = (await listEpisodes(other.scope)).episodes;
  const [entry] = await storedEntries(other.scope, episode?.episodeId ?? "");
  expect(entry).toMatchObject({
    message: "log line",
    metadataText: '{"labels":{"foo":"bar"},"timeUnixNano":1680000000000000000}',
  });
  expect(entry?.at.toISOString()).toBe("2023-03-28T10:40:00.000Z");
});
