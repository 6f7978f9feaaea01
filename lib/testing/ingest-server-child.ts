import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { scopeForToken } from "@/lib/auth/access";
import { failed } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { receiveLogs } from "@/lib/logs/receive";

/*
 * What app/api/v1/logs/route.ts does, without Next around it: its end of every error asks for Next's own request, which
 * is not there.
 */
async function receive(message: IncomingMessage): Promise<Response> {
  const access = await scopeForToken(message.headers.authorization ?? null, "logs:write");
  if (!access.ok) return failed(access);
  const headers = new Headers();
  for (const name of ["content-length", "idempotency-key"]) {
    const value = message.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const body = Readable.toWeb(message);
  const request = new Request(new URL(message.url ?? "/", "http://localhost"), {
    method: "POST",
    headers,
    body: body as ReadableStream<Uint8Array>,
    ...{ duplex: "half" },
  });
  try {
    return Response.json(await receiveLogs(access.scope, request));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return failed({
      ok: false,
      code: error.code,
      message: error.message,
      retryAfterSeconds: error.retryAfterSeconds,
    });
  }
}

async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (message.method === "GET") {
    response.end(String(process.resourceUsage().maxRSS * 1024));
    return;
  }
  const { status, headers, ...rest } = await receive(message).then(async (made) => ({
    status: made.status,
    headers: Object.fromEntries(made.headers),
    text: await made.text(),
  }));
  response.writeHead(status, headers).end(rest.text);
}

const server = createServer((message, response) => {
  answer(message, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
