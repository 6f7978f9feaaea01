import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/v1/logs/route";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith, storedEntries } from "@/lib/testing/doors";
import { newEpisodeId, range } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";
import { attribute, otlpProtobuf, otlpResponse, otlpStatus, requestOf, text } from "@/lib/testing/otlp";
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

function post(body: BodyInit, headers: Headers, query = ""): Promise<Response> {
  const { authorization } = program;
  return POST(
    new Request(`http://localhost:3000/v1/logs${query}`, {
      method: "POST",
      body,
      headers: { authorization, ...headers },
    }),
  );
}

const time = "1544712660300000001";

const encodings = [
  ["JSON", (request: object) => JSON.stringify(request), json],
  ["protobuf", otlpProtobuf, protobuf],
] as const;

describe.each(encodings)("a request in %s", (_name, encode, headers) => {
  test("is read back with everything that the record, its scope and its resource say", async () => {
    const episodeId = newEpisodeId("whole");
    const request = {
      resourceLogs: [
        {
          schemaUrl: "https://example.test/resource",
          resource: {
            attributes: [attribute("strata.episode", text(episodeId)), attribute("pid", { intValue: "7" })],
            droppedAttributesCount: 2,
            entityRefs: [{ type: "service", idKeys: ["service.name"] }],
          },
          scopeLogs: [
            {
              scope: { name: "lib", version: "1.2", attributes: [attribute("s", text("t"))] },
              schemaUrl: "https://example.test/scope",
              logRecords: [
                {
                  timeUnixNano: time,
                  observedTimeUnixNano: "1544712660400000000",
                  severityNumber: 17,
                  severityText: "Error3",
                  eventName: "disk.full",
                  body: text("The disk is full"),
                  attributes: [attribute("disk", text("sda"))],
                  droppedAttributesCount: 1,
                  flags: 257,
                  traceId: "5b8efff798038103d269b633813fc60c",
                  spanId: "eee19b7ec3c1b174",
                },
              ],
            },
          ],
        },
      ],
    };
    const response = await post(encode(request), headers);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(headers["content-type"]);
    const [entry, ...others] = await storedEntries(program.scope, episodeId);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ message: "The disk is full", level: "error", flags: [] });
    expect(entry?.at.toISOString()).toBe("2018-12-13T14:51:00.300Z");
    expect(entry?.metadataText).toBe(
      '{"attributes":{"disk":"sda"},"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",' +
        `"eventName":"disk.full","severityNumber":17,"severityText":"Error3","timeUnixNano":${time},` +
        '"observedTimeUnixNano":1544712660400000000,"flags":257,"droppedAttributesCount":1,' +
        '"scope":{"name":"lib","version":"1.2","attributes":{"s":"t"},"schemaUrl":"https://example.test/scope"},' +
        `"resource":{"attributes":{"strata.episode":"${episodeId}","pid":7},"droppedAttributesCount":2,` +
        '"entityRefs":[{"type":"service","idKeys":["service.name"]}],"schemaUrl":"https://example.test/resource"}}',
    );
    expect((await checkEpisode(program.scope, episodeId)).problems).toEqual([]);
  });

  test.each([
    ["text", text("a\u0000b \u2028 \u{1f600}"), '"a\\u0000b \u2028 \u{1f600}"'],
    ["a flag", { boolValue: false }, "false"],
    ["a small integer", { intValue: "-3" }, "-3"],
    ["the largest integer", { intValue: "9223372036854775807" }, "9223372036854775807"],
    ["the smallest integer", { intValue: "-9223372036854775808" }, "-9223372036854775808"],
    ["a double", { doubleValue: 637.704 }, "637.704"],
    ["a double without a fraction", { doubleValue: 1e21 }, "1e+21"],
    ["bytes", { bytesValue: "aGk/Pg==" }, '"aGk/Pg=="'],
    ["no value", {}, "null"],
    ["a list", { arrayValue: { values: [text("x"), { intValue: "1" }, {}] } }, '["x",1,null]'],
    ["an empty list", { arrayValue: {} }, "[]"],
    [
      "a map, with keys a document cannot hold",
      {
        kvlistValue: {
          values: ["$gt", "a.b", "2", "1", "", "__proto__", "k", "k"].map((k) => attribute(k, text(k))),
        },
      },
      '{"$gt":"$gt","a.b":"a.b","2":"2","1":"1","":"","__proto__":"__proto__","k":"k","k":"k"}',
    ],
  ])("holds %s as an attribute exactly", async (_kind, value, expected) => {
    const episodeId = newEpisodeId("value");
    const record = { timeUnixNano: time, body: text("m"), attributes: [attribute("v", value)] };
    expect((await post(encode(requestOf(episodeId, [record])), headers)).status).toBe(200);
    const [entry] = await storedEntries(program.scope, episodeId);
    expect(entry?.metadataText).toContain(`{"attributes":{"v":${expected}},`);
  });

  test("shows a body that is no text as JSON and keeps it as it is", async () => {
    const episodeId = newEpisodeId("bodies");
    const bodies = [
      { kvlistValue: { values: [attribute("a", { intValue: "1" })] } },
      { arrayValue: { values: [{ boolValue: true }] } },
      { bytesValue: "aGk=" },
      { intValue: "12" },
    ];
    await post(
      encode(
        requestOf(
          episodeId,
          bodies.map((body) => ({ body })),
        ),
      ),
      headers,
    );
    const stored = await storedEntries(program.scope, episodeId);
    expect(stored.map(({ message }) => message)).toEqual(['{"a":1}', "[true]", "aGk=", "12"]);
    expect(stored.map(({ metadataText }) => metadataText?.match(/"body":(.*?),"resource"/)?.[1])).toEqual([
      '{"a":1}',
      "[true]",
      '"aGk="',
      "12",
    ]);
  });

  test("shows an event without a body by its name, and flags what it had to assume", async () => {
    const episodeId = newEpisodeId("bare");
    await post(encode(requestOf(episodeId, [{ eventName: "user.login" }, { severityNumber: 99 }])), headers);
    const [event, bare] = await storedEntries(program.scope, episodeId);
    expect(event).toMatchObject({
      message: "user.login",
      flags: ["message_missing", "timestamp_missing", "level_missing"],
    });
    expect(bare?.flags).toContain("level_unknown");
    expect(bare?.metadataText).toContain('"severityNumber":99');
  });

  test("of 2,500 records lands in one piece, dense and in order", async () => {
    const episodeId = newEpisodeId("many");
    const records = range(2500).map((n) => ({ timeUnixNano: time, body: text(`record ${n}`) }));
    const packed = Uint8Array.from(gzipSync(encode(requestOf(episodeId, records))));
    expect((await post(packed, { ...headers, "content-encoding": "gzip" })).status).toBe(200);
    const stored = await storedEntries(program.scope, episodeId);
    expect(stored.map(({ message }) => message)).toEqual(range(2500).map((n) => `record ${n}`));
    expect((await checkEpisode(program.scope, episodeId)).problems).toEqual([]);
  });

  test("without a record is a success", async () => {
    expect((await post(encode({}), headers)).status).toBe(200);
    expect((await post(encode({ resourceLogs: [{ scopeLogs: [{}] }] }), headers)).status).toBe(200);
  });

  test("sent again under its key is stored once; under another one twice", async () => {
    const episodeId = newEpisodeId("repeated");
    const body = encode(requestOf(episodeId, [{ body: text("once") }]));
    for (const key of ["k1", "k1", "k1", "k2"])
      expect((await post(body, { ...headers, "idempotency-key": key })).status).toBe(200);
    expect(await storedEntries(program.scope, episodeId)).toHaveLength(2);
    const other = encode(requestOf(episodeId, [{ body: text("other") }]));
    expect((await post(other, { ...headers, "idempotency-key": "k1" })).status).toBe(409);
    expect(await storedEntries(program.scope, episodeId)).toHaveLength(2);
  });

  test("stores what it can and says how much it could not, in the encoding of the request", async () => {
    const episodeId = newEpisodeId("partial");
    const request = requestOf(episodeId, [{ body: text("good") }, { body: text("x".repeat(4_200_000)) }]);
    request.resourceLogs.push(...requestOf("../no-id", [{ body: text("lost") }]).resourceLogs);
    const response = await post(encode(request), headers);
    expect(response.status).toBe(200);
    const answer = new Uint8Array(await response.arrayBuffer());
    const { partialSuccess } =
      headers === json ? JSON.parse(Buffer.from(answer).toString()) : otlpResponse(answer);
    expect(partialSuccess).toEqual({
      rejectedLogRecords: "2",
      errorMessage: expect.stringMatching(/record 2: it is longer than .*record 3: strata.episode/),
    });
    expect((await storedEntries(program.scope, episodeId)).map(({ message }) => message)).toEqual(["good"]);
  });

  test("of which no record can be stored is refused with a status in its encoding", async () => {
    const response = await post(encode(requestOf("../no-id", [{ body: text("lost") }])), headers);
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe(headers["content-type"]);
    const answer = new Uint8Array(await response.arrayBuffer());
    const status = headers === json ? JSON.parse(Buffer.from(answer).toString()) : otlpStatus(answer);
    expect(status).toEqual({ code: 3, message: expect.stringContaining("No record could be stored") });
  });
});

describe("the episode of a record", () => {
  const named = (attributes: object[]) => ({
    resourceLogs: [{ resource: { attributes }, scopeLogs: [{ logRecords: [{ body: text("m") }] }] }],
  });

  test.each([
    ["the service", [attribute("service.name", text("shop.cart"))], "shop.cart"],
    [
      "namespace and service",
      [attribute("service.namespace", text("shop")), attribute("service.name", text("cart"))],
      "shop:cart",
    ],
    ["a fixed name without a service", [], "unknown_service"],
  ])("is %s when the resource names none", async (_name, attributes, episodeId) => {
    await post(JSON.stringify(named(attributes)), json);
    expect(await storedEntries(program.scope, episodeId)).not.toEqual([]);
  });

  test("differs for services whose names look alike as ids", async () => {
    const names = [
      "my service",
      "my/service",
      "my_service",
      "päyment",
      `${"long".repeat(60)}1`,
      `${"long".repeat(60)}2`,
    ];
    const other = await programWith("logs:write");
    for (const name of names) {
      const body = JSON.stringify(named([attribute("service.name", text(name))]));
      expect((await post(body, { ...json, authorization: other.authorization })).status).toBe(200);
    }
    const { episodes } = await listEpisodes(other.scope);
    expect(episodes.map(({ total }) => total)).toEqual(names.map(() => 1));
  });

  test("is the one that the request names, whatever the resources say", async () => {
    const episodeId = newEpisodeId("explicit");
    const body = JSON.stringify(requestOf("elsewhere", [{ body: text("m") }]));
    await post(body, { ...json, "x-strata-episode": episodeId });
    await post(body, json, `?episode=${episodeId}`);
    expect(await storedEntries(program.scope, episodeId)).toHaveLength(2);
    expect(await storedEntries(program.scope, "elsewhere")).toEqual([]);
  });

  test("is that of its own resource, where a request speaks of several", async () => {
    const [first, second] = [newEpisodeId("first"), newEpisodeId("second")];
    const request = requestOf(first, [{ body: text("a") }]);
    request.resourceLogs.push(...requestOf(second, [{ body: text("b") }]).resourceLogs);
    request.resourceLogs.push(...requestOf(first, [{ body: text("c") }]).resourceLogs);
    expect((await post(otlpProtobuf(request), protobuf)).status).toBe(200);
    expect((await storedEntries(program.scope, first)).map(({ message }) => message)).toEqual(["a", "c"]);
    expect((await storedEntries(program.scope, second)).map(({ message }) => message)).toEqual(["b"]);
  });
});

describe("a request of many episodes", () => {
  test("keeps the order of each, however they are mixed, and is stored once under its key", async () => {
    const episodes = [newEpisodeId("x"), newEpisodeId("y"), newEpisodeId("z")];
    const mixed = range(2400).map((n) => ({ episode: episodes[n % 3] ?? "", message: `record ${n}` }));
    const request = {
      resourceLogs: mixed.flatMap(
        ({ episode, message }) => requestOf(episode, [{ body: text(message) }]).resourceLogs,
      ),
    };
    const headers = { ...protobuf, "idempotency-key": "mixed" };
    for (const _ of range(3)) expect((await post(otlpProtobuf(request), headers)).status).toBe(200);
    for (const episode of episodes) {
      const stored = await storedEntries(program.scope, episode);
      const sent = mixed.filter((record) => record.episode === episode);
      expect(stored.map(({ message }) => message)).toEqual(sent.map(({ message }) => message));
    }
  });

  test("of large records is sent on before they fill the memory, and is stored once all the same", async () => {
    const episodes = range(5).map((n) => newEpisodeId(`large-${n}`));
    const long = "x".repeat(3_900_000);
    const request = {
      resourceLogs: episodes.flatMap((id) => requestOf(id, [{ body: text(long) }]).resourceLogs),
    };
    const headers = { ...json, "idempotency-key": "large" };
    for (const _ of range(2)) expect((await post(JSON.stringify(request), headers)).status).toBe(200);
    for (const episode of episodes) {
      const stored = await storedEntries(program.scope, episode);
      expect(stored.map(({ message }) => message.length)).toEqual([long.length]);
    }
  });

  test("more than a request may name is refused before any is made", async () => {
    const other = await programWith("logs:write");
    const request = {
      resourceLogs: range(1001).flatMap((n) => requestOf(`e${n}`, [{ body: text("m") }]).resourceLogs),
    };
    const response = await post(JSON.stringify(request), { ...json, authorization: other.authorization });
    expect(response.status).toBe(400);
    expect((await listEpisodes(other.scope)).episodes).toEqual([]);
  });
});

test("no proxy stands before it, which would hand on only the first 10 MB of a body", () => {
  const [matcher = ""] = proxyConfig.matcher;
  expect(new RegExp(`^${matcher}$`).test("/v1/logs")).toBe(false);
});

const example = join(import.meta.dirname, "../../../../shared/data/otlp/opentelemetry-proto/logs.json");
const why = existsSync(example) ? "" : " (skipped: the folder ../shared/data is not there)";

test.skipIf(!existsSync(example))(`the example of the specification is read back equal${why}`, async () => {
  const body = readFileSync(example, "utf8");
  expect((await post(body, json)).status).toBe(200);
  const [entry] = await storedEntries(program.scope, "my.service");
  expect(entry).toMatchObject({ message: "Example log record", level: "info", flags: [] });
  expect(entry?.at.toISOString()).toBe("2018-12-13T14:51:00.300Z");
  expect(JSON.parse(entry?.metadataText ?? "")).toMatchObject({
    attributes: {
      "string.attribute": "some string",
      "boolean.attribute": true,
      "int.attribute": 10,
      "double.attribute": 637.704,
      "array.attribute": ["many", "values"],
      "map.attribute": { "some.map.key": "some value" },
    },
    traceId: "5b8efff798038103d269b633813fc60c",
    spanId: "eee19b7ec3c1b174",
    severityNumber: 10,
    severityText: "Information",
    scope: {
      name: "my.library",
      version: "1.0.0",
      attributes: { "my.scope.attribute": "some scope attribute" },
    },
    resource: { attributes: { "service.name": "my.service" } },
  });
});
