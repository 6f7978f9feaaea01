import { createServer, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { FetchFailure } from "./fetch-json";
import { fetchLines } from "./fetch-lines";

const line = z.object({ n: z.number() });
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function served(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return `http://127.0.0.1:${address.port}/`;
}

async function collect(url: string, signal = new AbortController().signal) {
  const found: { n: number }[] = [];
  for await (const lines of fetchLines(url, line, signal)) found.push(...lines);
  return found;
}

test("lines are whole however the answer is cut, also within a character", async () => {
  const bytes = Buffer.from('{"n":1,"text":"grün"}\n{"n":2}\n\n{"n":3}\n');
  const url = await served(async (response) => {
    for (const byte of bytes) {
      response.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    response.end();
  });
  expect(await collect(url)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
});

test("a refusal says what the server said", async () => {
  const url = await served((response) => {
    response.writeHead(429, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { code: "rate_limited", message: "Try again in a moment." } }));
  });
  await expect(collect(url)).rejects.toMatchObject({
    code: "rate_limited",
    message: "Try again in a moment.",
  });
});

test("a connection that breaks off is a failure, after what came before it", async () => {
  const url = await served((response) => {
    response.write('{"n":1}\n', () => response.destroy());
  });
  const found: { n: number }[] = [];
  const reading = (async () => {
    for await (const lines of fetchLines(url, line, new AbortController().signal)) found.push(...lines);
  })();
  await expect(reading).rejects.toBeInstanceOf(FetchFailure);
  expect(found).toEqual([{ n: 1 }]);
});

test("who leaves in the middle ends the request on the server", async () => {
  let gone = () => {};
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const url = await served((response) => {
    response.on("close", gone);
    response.write('{"n":1}\n');
  });
  for await (const lines of fetchLines(url, line, new AbortController().signal)) {
    expect(lines).toEqual([{ n: 1 }]);
    break;
  }
  await closed;
});
