/**
 * An HTTP proxy in front of an S3 endpoint that makes its requests go wrong, for tests and fault runs. Nothing of the product
 * imports it.
 *
 *   const proxy = await openFaultProxy(server.endpoint);
 *   const store = new S3Store({ endpoint: proxy.endpoint, … });
 *   proxy.fault({ kind: "status", status: 503, code: "SlowDown" }, { operation: "PutObject", times: 2 });
 *   proxy.fault({ kind: "reset", at: "answer" }, { operation: "PutObject", key: /chunk-000003/ });
 *   proxy.sometimes([{ kind: "stall", ms: 300 }, { kind: "reset", at: "download" }], { rate: 0.2, random });
 *   proxy.requests;      // every request in its order, with the fault it met
 *   proxy.heal();        // from here on everything passes
 *   await proxy.close();
 *
 * Bodies are held in memory, whole.
 */
import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, errorAnswer, type Fault, spoil, spoilAnswer } from "./fault-kinds";
import { type S3Operation, targetOf } from "./s3-operation";

export interface FaultRule {
  operation?: S3Operation | S3Operation[];
  /** Of the object's key, without the bucket. */
  key?: RegExp;
  /** How many requests meet the fault; one unless said otherwise. */
  times?: number;
  /** How many matching requests pass before. */
  after?: number;
}

export interface SometimesRule extends Pick<FaultRule, "operation" | "key"> {
  /** Share of the matching requests, between 0 and 1. */
  rate: number;
  /** Between 0 and 1; seeded, for a run that can be repeated. */
  random: () => number;
}

export interface SeenRequest {
  operation: S3Operation;
  key: string;
  fault: Fault | null;
  at: Date;
}

type Decide = (request: Omit<SeenRequest, "fault" | "at">) => Fault | null;

export interface FaultProxy {
  readonly endpoint: string;
  readonly requests: SeenRequest[];
  /** The first rule that matches and is not used up decides. */
  fault(fault: Fault, rule?: FaultRule): void;
  sometimes(faults: Fault[], rule: SometimesRule): void;
  heal(): void;
  close(): Promise<void>;
}

export async function openFaultProxy(endpoint: string): Promise<FaultProxy> {
  let rules: Decide[] = [];
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const target = targetOf(incoming.method ?? "GET", incoming.url ?? "/");
    let fault: Fault | null = null;
    for (const rule of rules) {
      fault = rule(target);
      if (fault) break;
    }
    requests.push({ ...target, fault, at: new Date() });
    // A client that gives up in the middle is what many of these faults are about.
    serve(new URL(endpoint), incoming, outgoing, fault).catch(() => incoming.socket.resetAndDestroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    requests,
    fault: (fault, { operation, key, times = 1, after = 0 } = {}) => {
      let seen = 0;
      rules.push((request) => {
        if (!concerns(request, operation, key)) return null;
        seen++;
        return seen > after && seen <= after + times ? fault : null;
      });
    },
    sometimes: (faults, { operation, key, rate, random }) => {
      rules.push((request) => {
        if (!concerns(request, operation, key) || random() >= rate) return null;
        return faults[Math.floor(random() * faults.length)] ?? null;
      });
    },
    heal: () => {
      rules = [];
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function concerns(
  request: Parameters<Decide>[0],
  operation: FaultRule["operation"],
  key: FaultRule["key"],
): boolean {
  const operations = typeof operation === "string" ? [operation] : operation;
  return (!operations || operations.includes(request.operation)) && (!key || key.test(request.key));
}

async function serve(
  endpoint: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault | null,
): Promise<void> {
  const reset = () => void incoming.socket.resetAndDestroy();
  if (fault?.kind === "reset" && fault.at === "request") return reset();
  if (fault?.kind === "reset" && fault.at === "upload") {
    await once(incoming, "readable");
    return reset();
  }
  const body = await wholeBody(incoming);
  if (fault?.kind === "status")
    return reply(outgoing, errorAnswer(fault.status, fault.code), incoming.method);
  if (fault?.kind === "stall") {
    // The client may well have gone when it is over; the server does the work all the same, as a slow one would.
    await sleep(fault.ms);
  }
  const sent = fault?.kind === "spoil" && fault.where === "sent" ? spoil(body, fault.how) : body;
  const answer = spoilAnswer(await forward(endpoint, incoming, sent), fault, incoming.headers.range);
  const lost = fault?.kind === "reset" ? fault.at === "answer" : fault?.kind === "spoil" && fault.answerLost;
  if (lost) return reset();
  if (fault?.kind === "reset" && fault.at === "download") {
    outgoing.writeHead(answer.status, { ...answer.headers, "content-length": String(answer.body.length) });
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), reset);
    return;
  }
  reply(outgoing, answer, incoming.method);
}

async function wholeBody(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** The request as it came, its host included: that is part of what was signed. */
async function forward(endpoint: URL, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { expect: _, "transfer-encoding": __, ...headers } = incoming.headers;
  const outgoing = httpRequest(new URL(incoming.url ?? "/", endpoint), {
    method: incoming.method,
    headers: { ...headers, "content-length": String(body.length), connection: "close" },
  });
  outgoing.end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve).once("error", reject);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await wholeBody(answer) };
}

function reply(
  outgoing: ServerResponse,
  { status, headers, body }: Answer,
  method: string | undefined,
): void {
  const { connection: _, "transfer-encoding": __, ...kept } = headers;
  // The answer to HEAD announces the length of a body that it does not have.
  const length = method === "HEAD" ? {} : { "content-length": String(body.length) };
  outgoing.writeHead(status, { ...kept, ...length });
  outgoing.end(method === "HEAD" ? undefined : body);
}
