import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { formatBytes } from "@/lib/format";
import { type AllowedHosts, guardedLookup, refuseClosedAddress } from "./guarded-lookup";

export interface HttpCall {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string | null;
}

export interface HttpAnswer {
  status: number;
  /** Where the last redirect led. */
  url: URL;
  contentType: string;
  body: Buffer;
}

interface Limits {
  allowed: AllowedHosts;
  signal: AbortSignal;
  maxBytes: number;
}

const mostRedirects = 5;
/** Of no business to another host than the one they were meant for. */
const personal = ["authorization", "cookie", "proxy-authorization"];

/** Calls a URL and follows redirects, each judged like the first address. */
export async function guardedRequest(call: HttpCall, limits: Limits): Promise<HttpAnswer> {
  let next = call;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const answer = await once(next, limits);
    if (answer.redirect === null) return answer;
    next = redirected(next, answer.status, answer.redirect);
  }
  throw new Error(`The answer led on more than ${mostRedirects} times.`);
}

type Hop = HttpAnswer & { redirect: string | null };

async function once({ method, url, headers, body }: HttpCall, limits: Limits): Promise<Hop> {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Error(`${url.protocol} is not called; only http: and https: are.`);
  if (url.username !== "" || url.password !== "")
    throw new Error("A user or password in a URL would be logged by others; send it as a header.");
  refuseClosedAddress(url, limits.allowed);
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(
      url,
      {
        method,
        headers: { ...headers, ...(body !== null && { "content-length": String(Buffer.byteLength(body)) }) },
        signal: limits.signal,
        lookup: guardedLookup(url, limits.allowed),
        // A connection that is kept would be one to an address judged for somebody else.
        agent: false,
      },
      resolve,
    );
    request.on("error", reject);
    request.end(body ?? undefined);
  });
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    response.destroy();
    return { status, url, contentType: "", body: Buffer.alloc(0), redirect: location };
  }
  const contentType = response.headers["content-type"] ?? "";
  return { status, url, contentType, body: await bodyOf(response, limits.maxBytes), redirect: null };
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    parts.push(part);
    length += part.length;
    if (length > maxBytes) {
      response.destroy();
      throw new Error(`The answer is larger than ${formatBytes(maxBytes)} (maxResponseBytes).`);
    }
  }
  return Buffer.concat(parts);
}

function redirected({ method, url, headers, body }: HttpCall, status: number, location: string): HttpCall {
  const next = new URL(location, url);
  // As browsers do: only 307 and 308 send the same again.
  const again = status === 307 || status === 308 || method === "GET" || method === "HEAD";
  const kept = Object.entries(headers).filter(([name]) => {
    const lower = name.toLowerCase();
    if (!again && lower.startsWith("content-")) return false;
    return next.origin === url.origin || !personal.includes(lower);
  });
  return {
    method: again ? method : "GET",
    url: next,
    headers: Object.fromEntries(kept),
    body: again ? body : null,
  };
}
