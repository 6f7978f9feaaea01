import type { IncomingHttpHeaders } from "node:http";

export type Spoiling =
  /** The second half is gone. */
  | "truncate"
  | "empty"
  /** As long as it was, all zeros. */
  | "zero"
  /** One bit in the middle is another. */
  | "flip";

/** What can go wrong with a request. */
export type Fault =
  /** The proxy answers this, and the server sees nothing. */
  | { kind: "status"; status: number; code?: string }
  /** The request waits this long before it goes on. */
  | { kind: "stall"; ms: number }
  /**
   * The connection is reset: at the start of the request, in the middle of its body, after the server did the work and
   * before a byte of the answer, or in the middle of the answer's body.
   */
  | { kind: "reset"; at: "request" | "upload" | "answer" | "download" }
  /** Bytes change on the way to the server, which stores them as they come and says yes, or on the way back. */
  | { kind: "spoil"; where: "sent" | "received"; how: Spoiling; answerLost?: boolean }
  /** A read is answered from the past: with these bytes, or as if the object had not been written yet. */
  | { kind: "stale"; body?: Buffer }
  /**
   * The answer to a range is another part: half of it, the bytes one further, the whole object, or (lying) the bytes one
   * further under the right Content-Range.
   */
  | { kind: "range"; how: "short" | "shifted" | "whole" | "lying" };

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const codes: Record<number, string> = {
  400: "BadRequest",
  403: "AccessDenied",
  404: "NoSuchKey",
  409: "ConditionalRequestConflict",
  412: "PreconditionFailed",
  500: "InternalError",
  503: "SlowDown",
};

export function errorAnswer(status: number, code = codes[status] ?? "Error"): Answer {
  const body = Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>a fault of the proxy</Message></Error>`,
  );
  return { status, headers: { "content-type": "application/xml" }, body };
}

export function spoil(body: Buffer, how: Spoiling): Buffer {
  const half = Math.floor(body.length / 2);
  if (how === "empty") return Buffer.alloc(0);
  if (how === "truncate") return body.subarray(0, half);
  if (how === "zero") return Buffer.alloc(body.length);
  const flipped = Buffer.from(body);
  if (flipped.length > 0) flipped.writeUInt8(flipped.readUInt8(half) ^ 1, half);
  return flipped;
}

/** The answer as the fault leaves it; one that is no success stays as it is. */
export function spoilAnswer(answer: Answer, fault: Fault | null, range: string | undefined): Answer {
  if (fault?.kind === "stale") return fault.body ? partOf(answer, fault.body, range) : errorAnswer(404);
  if (answer.status >= 300) return answer;
  if (fault?.kind === "spoil" && fault.where === "received")
    return { ...answer, body: spoil(answer.body, fault.how) };
  if (fault?.kind === "range" && answer.status === 206) return anotherPart(answer, fault.how);
  return answer;
}

function partOf(answer: Answer, whole: Buffer, range: string | undefined): Answer {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  if (first === undefined) return { ...answer, status: 200, body: whole };
  const body = whole.subarray(Number(first), Number(last) + 1);
  return {
    ...answer,
    body,
    headers: { ...answer.headers, "content-range": rangeOf(first, body, whole.length) },
  };
}

function anotherPart(answer: Answer, how: "short" | "shifted" | "whole" | "lying"): Answer {
  const { "content-range": range = "", ...headers } = answer.headers;
  const [, first = "0", total = "0"] = /^bytes (\d+)-\d+\/(\d+)$/.exec(range) ?? [];
  if (how === "whole") return { status: 200, headers, body: Buffer.alloc(Number(total), answer.body) };
  const body =
    how === "short"
      ? answer.body.subarray(0, Math.ceil(answer.body.length / 2))
      : Buffer.concat([answer.body.subarray(1), answer.body.subarray(0, 1)]);
  const start = how === "shifted" ? Number(first) + 1 : first;
  return { ...answer, body, headers: { ...headers, "content-range": rangeOf(start, body, Number(total)) } };
}

const rangeOf = (first: string | number, body: Buffer, total: number) =>
  `bytes ${first}-${Number(first) + body.length - 1}/${total}`;
