import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { testDatabase } from "@/lib/testing/database";
import { testMongo } from "@/lib/testing/mongo";
import { memberScope } from "@/lib/testing/people";
import { workWith } from "@/lib/testing/task-work";
import { parseAllowedHosts } from "./guarded-lookup";
import { httpExecutor } from "./http";

testDatabase();
testMongo();

interface Heard {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

let scope: WorkspaceScope;
let heard: Heard[];
const servers: Server[] = [];
beforeEach(async () => {
  scope = await memberScope("editor");
  heard = [];
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Serves on a port of its own and keeps what it heard. */
async function serve(answer: (request: Heard, response: ServerResponse) => void): Promise<number> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { method = "", url: path = "", headers } = request;
    const one = { method, path, headers, body: Buffer.concat(parts).toString("utf8") };
    heard.push(one);
    answer(one, response);
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Calls with what an operator opened; nothing else of this machine may be reached. */
function call(
  executorConfig: Record<string, unknown>,
  allow = "",
  task: Partial<RunTask> = {},
  signal?: AbortSignal,
) {
  const executor = httpExecutor(() => parseAllowedHosts(allow));
  return workWith(executor, { scope, task: { executorConfig, ...task }, signal });
}

const json = (response: ServerResponse, value: unknown, status = 200) => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
};

test("sends what the node says, filled in from the run, and keeps the answer as the result", async () => {
  const port = await serve((_, response) => json(response, { ok: true }));
  const { outcome, lines } = await call(
    {
      method: "POST",
      url: `http://127.0.0.1:${port}/hook?run={{run.id}}&key=secret`,
      headers: { "X-Node": "{{task.nodeId}}", Authorization: "Bearer secret" },
      body: { assets: "{{task.assetIds}}", text: "of {{run.workflow}}" },
    },
    `127.0.0.1:${port}`,
    { assetIds: ["a", "b"] },
  );
  expect(outcome).toMatchObject({ outcome: "succeeded", preview: { status: 200, answer: { ok: true } } });
  expect(heard).toMatchObject([
    {
      method: "POST",
      path: "/hook?run=run-1&key=secret",
      headers: {
        "x-node": "node-1",
        "idempotency-key": "run-1.node-1:1",
        "content-type": "application/json",
      },
      body: JSON.stringify({ assets: ["a", "b"], text: "of some-flow" }),
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain("secret");
});

test("an answer that is no 2xx fails the task and is told", async () => {
  const port = await serve((_, response) => json(response, { reason: "full" }, 507));
  const { outcome } = await call({ url: `http://127.0.0.1:${port}/` }, "127.0.0.1");
  expect(outcome).toMatchObject({
    outcome: "failed",
    errorMessage: expect.stringMatching(/answered 507.*full/),
  });
});

test.each(["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"])(
  "nothing of the server's own network is called: %s",
  async (host) => {
    const port = await serve((_, response) => json(response, {}));
    await expect(call({ url: `http://${host}:${port}/` })).rejects.toThrow(
      "not an address of the public Internet",
    );
    expect(heard).toEqual([]);
  },
);

test("a redirect to a closed address is not followed, though the first address was open", async () => {
  const inner = await serve((_, response) => json(response, { secret: true }));
  const port = await serve((_, response) =>
    response.writeHead(302, { location: `http://localhost:${inner}/` }).end(),
  );
  await expect(call({ url: `http://127.0.0.1:${port}/` }, `127.0.0.1:${port}`)).rejects.toThrow(
    "public Internet",
  );
  expect(heard).toHaveLength(1);
});

test("a redirect to another host gets no credentials, and one that never ends is given up", async () => {
  const inner = await serve((_, response) => json(response, { there: true }));
  const port = await serve((_, response) =>
    response.writeHead(307, { location: `http://127.0.0.1:${inner}/there` }).end(),
  );
  const headers = { Authorization: "Bearer secret", "X-Kept": "yes" };
  await call({ url: `http://127.0.0.1:${port}/`, headers }, "127.0.0.1");
  expect(heard[0]?.headers.authorization).toBe("Bearer secret");
  expect(heard[1]?.headers).toMatchObject({ "x-kept": "yes" });
  expect(heard[1]?.headers).not.toHaveProperty("authorization");
  const circle = await serve((_, response) => response.writeHead(302, { location: "/" }).end());
  await expect(call({ url: `http://127.0.0.1:${circle}/` }, "127.0.0.1")).rejects.toThrow(
    "more than 5 times",
  );
});

test("other protocols and credentials in the URL are refused", async () => {
  await expect(call({ url: "file:///etc/passwd" })).rejects.toThrow("only http: and https: are");
  await expect(call({ url: "http://user:pass@example.com/" })).rejects.toThrow("send it as a header");
  await expect(call({ url: "nowhere" })).rejects.toThrow("executorConfig.url");
});

test("an answer that is too large, and one that does not come, end the call", async () => {
  const endless = await serve((_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  const url = `http://127.0.0.1:${endless}/`;
  await expect(call({ url, maxResponseBytes: 100_000 }, "127.0.0.1")).rejects.toThrow("maxResponseBytes");
  const silent = await serve(() => {});
  const never = call({ url: `http://127.0.0.1:${silent}/`, timeoutMs: 30 }, "127.0.0.1");
  await expect(never).rejects.toThrow("No answer within 30 ms");
});

test("a long answer becomes an artifact, and its beginning the result", async () => {
  const port = await serve((_, response) => json(response, { text: "x".repeat(10_000) }));
  const { outcome, artifacts } = await call({ url: `http://127.0.0.1:${port}/` }, "127.0.0.1");
  expect(outcome.preview).toMatchObject({
    artifactId: "artifact-1",
    beginning: expect.stringContaining("xxx"),
  });
  expect(artifacts).toMatchObject([{ contentType: "application/json" }]);
});

test("a placeholder that stands for nothing is named", async () => {
  await expect(call({ url: "http://127.0.0.1/{{run.owner}}" })).rejects.toThrow(
    "{{run.owner}}: there is no owner",
  );
});

test("what is cancelled while it waits for an answer ends", async () => {
  const stop = new AbortController();
  const port = await serve(() => stop.abort(new Error("cancelled")));
  await expect(call({ url: `http://127.0.0.1:${port}/` }, "127.0.0.1", {}, stop.signal)).rejects.toThrow();
});
