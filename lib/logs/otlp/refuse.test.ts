import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/v1/logs/route";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith, storedEntries } from "@/lib/testing/doors";
import { newEpisodeId, range } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { attribute, otlpProtobuf, otlpStatus, requestOf, text } from "@/lib/testing/otlp";

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

function post(body: BodyInit, headers: Headers): Promise<Response> {
  const { authorization } = program;
  return POST(
    new Request(`http://localhost:3000/v1/logs`, {
      method: "POST",
      body,
      headers: { authorization, ...headers },
    }),
  );
}

describe("a request that cannot be served", () => {
  const record = { body: text("m"), traceId: "5b8efff798038103d269b633813fc60c" };

  /** The good record comes first: it must not land either. */
  const withBad = (bad: unknown) => (episodeId: string) =>
    JSON.stringify(requestOf(episodeId, [record, bad as object]));

  test.each([
    ["broken JSON", 400, (e: string) => JSON.stringify(requestOf(e, [record])).slice(0, -2), json],
    ["no JSON object", 400, () => "[]", json],
    ["a record that is no object", 400, withBad(7), json],
    ["a body that is no value", 400, withBad({ body: "text" }), json],
    ["two values in one", 400, withBad({ body: { stringValue: "a", intValue: 1 } }), json],
    ["a number as a text", 400, withBad({ body: { stringValue: 5 } }), json],
    ["an integer beyond 64 bits", 400, withBad({ body: { intValue: "9223372036854775808" } }), json],
    ["half an integer", 400, withBad({ body: { intValue: 1.5 } }), json],
    ["a negative time", 400, withBad({ timeUnixNano: "-1" }), json],
    ["a time in words", 400, withBad({ timeUnixNano: "2026-11-20T00:00:00Z" }), json],
    ["a severity in words", 400, withBad({ severityNumber: "SEVERITY_NUMBER_INFO" }), json],
    ["a short trace id", 400, withBad({ traceId: "5b8e" }), json],
    ["a trace id that is no hex", 400, withBad({ traceId: "z".repeat(32) }), json],
    ["a span id as long as a trace id", 400, withBad({ spanId: "a".repeat(32) }), json],
    ["bytes that are no base64", 400, withBad({ body: { bytesValue: "?" } }), json],
    ["records that are no list", 400, () => '{"resourceLogs":{"a":1}}', json],
    ["a field twice", 400, () => '{"resourceLogs":[],"resourceLogs":[]}', json],
    ["bytes that are no UTF-8", 400, () => Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), json],
    ["something after its end", 400, () => "{} {}", json],
    ["JSON that says it is protobuf", 400, (e: string) => JSON.stringify(requestOf(e, [record])), protobuf],
    ["protobuf that says it is JSON", 400, (e: string) => otlpProtobuf(requestOf(e, [record])), json],
    [
      "protobuf cut short",
      400,
      (e: string) => otlpProtobuf(requestOf(e, [record, record])).slice(0, -3),
      protobuf,
    ],
    [
      "an id of the wrong length in protobuf",
      400,
      (e: string) => otlpProtobuf(requestOf(e, [record, { spanId: "aa" }])),
      protobuf,
    ],
    ["no token", 401, withBad(record), { ...json, authorization: "" }],
    ["a wrong token", 401, withBad(record), { ...json, authorization: "Bearer strata_nonsense" }],
    ["plain text", 415, withBad(record), { "content-type": "text/plain" }],
    ["an encoding nobody knows", 415, withBad(record), { ...json, "content-encoding": "br" }],
    ["gzip that is none", 400, withBad(record), { ...json, "content-encoding": "gzip" }],
    [
      "gzip cut short",
      400,
      (e: string) => gzipSync(withBad(record)(e)).subarray(0, -9),
      { ...json, "content-encoding": "gzip" },
    ],
    ["21 MB", 413, () => Buffer.alloc(21 << 20, " "), json],
    ["a zip bomb", 413, () => gzipSync(Buffer.alloc(200 << 20)), { ...json, "content-encoding": "gzip" }],
    ["a key with a space", 400, withBad(record), { ...json, "idempotency-key": "a b" }],
    ["an episode that is no id", 400, withBad(record), { ...json, "x-strata-episode": "../x" }],
  ] as const)("%s: %i, and nothing lands", async (_name, status, bodyFor, headers) => {
    const episodeId = newEpisodeId("refused");
    const body = bodyFor(episodeId);
    const response = await post(typeof body === "string" ? body : Uint8Array.from(body), headers);
    expect(response.status).toBe(status);
    const answer = new Uint8Array(await response.arrayBuffer());
    const { message } =
      headers === protobuf ? otlpStatus(answer) : JSON.parse(Buffer.from(answer).toString());
    expect(message).toMatch(/\w \w.*\.$/s);
    expect(await storedEntries(program.scope, episodeId)).toEqual([]);
  });

  test("a token that may only read: 403", async () => {
    const { authorization } = await programWith("logs:read");
    expect((await post(withBad(record)("e"), { ...json, authorization })).status).toBe(403);
  });

  test("a resource that would be stored a million times over is refused before anything is", async () => {
    const episodeId = newEpisodeId("amplified");
    const request = requestOf(
      episodeId,
      range(400).map(() => ({ body: text("m") })),
    );
    request.resourceLogs[0]?.resource.attributes.push(attribute("big", text("x".repeat(1_000_000))));
    expect((await post(JSON.stringify(request), json)).status).toBe(413);
    expect(await storedEntries(program.scope, episodeId)).toEqual([]);
  });
});
