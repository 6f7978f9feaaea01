import { createServer, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { type LogAttributes, SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter as JsonExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST } from "@/app/v1/logs/route";
import { testDatabase } from "@/lib/testing/database";
import { type Program, programWith, storedEntries } from "@/lib/testing/doors";
import { newEpisodeId, range } from "@/lib/testing/logs";
import { testMongo } from "@/lib/testing/mongo";
import { testObjects } from "@/lib/testing/objects";

vi.mock("@/lib/auth/request", () => import("@/lib/testing/request"));
testDatabase();
testMongo();
testObjects();

/** The route behind a real server, as Next calls it. */
let server: Server;
let url = "";
let program: Program;
const encodingsSeen = new Set<string>();

beforeAll(async () => {
  program = await programWith("logs:write");
  server = createServer(async (incoming, outgoing) => {
    encodingsSeen.add(
      `${incoming.headers["content-type"]} ${incoming.headers["content-encoding"] ?? "plain"}`,
    );
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const body = Uint8Array.from(await buffer(incoming));
    const response = await POST(new Request(`${url}${incoming.url}`, { method: "POST", headers, body }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port");
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const attributes: LogAttributes = {
  "http.route": "/cart/{id}",
  status: 200,
  ratio: 0.25,
  cached: false,
  tags: ["a", "b"],
  nested: { deep: { list: [1, 2.5, "x", null], $where: "no operator" } },
  key: new Uint8Array([1, 2, 254]),
  words: "naïve \u{1f600} \u0000 \u2028",
};
const attributesText =
  '{"http.route":"/cart/{id}","status":200,"ratio":0.25,"cached":false,"tags":["a","b"],' +
  '"nested":{"deep":{"list":[1,2.5,"x",null],"$where":"no operator"}},"key":"AQL+","words":"naïve \u{1f600} \\u0000 \u2028"}';

const exporters = { JSON: JsonExporter, protobuf: ProtobufExporter };

test.each([
  ["JSON", "none", "application/json plain"],
  ["JSON", "gzip", "application/json gzip"],
  ["protobuf", "none", "application/x-protobuf plain"],
  ["protobuf", "gzip", "application/x-protobuf gzip"],
] as const)(
  "what the OpenTelemetry exporter sends as %s, compression %s, is read back equal",
  async (encoding, compression, expectedEncoding) => {
    const episodeId = newEpisodeId("exported");
    vi.stubEnv("OTEL_EXPORTER_OTLP_COMPRESSION", compression);
    const failures: Error[] = [];
    const exporter = new exporters[encoding]({
      url: `${url}/v1/logs`,
      headers: { authorization: program.authorization },
    });
    const provider = new LoggerProvider({
      resource: resourceFromAttributes({ "service.name": "shop", "strata.episode": episodeId }),
      processors: [new BatchLogRecordProcessor({ exporter, maxExportBatchSize: 100 })],
    });
    const logger = provider.getLogger("checkout", "2.0");
    const at = new Date("2026-11-20T10:00:00.123Z");
    for (const n of range(250)) {
      logger.emit({
        body: `order ${n}`,
        severityNumber: SeverityNumber.WARN,
        severityText: "WARN",
        timestamp: at,
        eventName: "order.placed",
        attributes,
      });
    }
    await provider.forceFlush().catch((error) => failures.push(error));
    await provider.shutdown();
    expect(failures).toEqual([]);
    expect(encodingsSeen).toContain(expectedEncoding);

    const stored = await storedEntries(program.scope, episodeId);
    expect(stored.map(({ message }) => message)).toEqual(range(250).map((n) => `order ${n}`));
    const [entry] = stored;
    expect(entry).toMatchObject({ level: "warn", at, flags: [] });
    expect(entry?.metadataText).toContain(`{"attributes":${attributesText},"eventName":"order.placed"`);
    expect(entry?.metadataText).toContain('"timeUnixNano":1795168800123000000');
    expect(entry?.metadataText).toContain('"scope":{"name":"checkout","version":"2.0"}');
    expect(JSON.parse(entry?.metadataText ?? "").resource.attributes).toEqual({
      "service.name": "shop",
      "strata.episode": episodeId,
    });
  },
);
