import { Readable } from "node:stream";
import type { GetObjectCommandOutput } from "@aws-sdk/client-s3";
import type { ByteRange } from "./object-store";
import type { Attempt } from "./s3-attempts";
import { DamagedAnswer } from "./s3-failure";

/** How HTTP writes a range. */
export const rangeHeader = ({ offset, length }: ByteRange) => `bytes=${offset}-${offset + length - 1}`;

/** All bytes of an answer, which must be as many as it announces and, for a range, the ones that were asked for. */
export async function bytesOf(
  { Body: body, ContentLength: announced, ContentRange: range, $metadata }: GetObjectCommandOutput,
  asked: ByteRange | undefined,
  { abortSignal, progressed }: Attempt,
): Promise<Buffer> {
  if (!(body instanceof Readable)) throw new DamagedAnswer("the answer has no body");
  const stop = () => body.destroy(new Error("aborted"));
  abortSignal.addEventListener("abort", stop, { once: true });
  try {
    const expected = asked ? expectedLength(asked, range, $metadata.httpStatusCode) : announced;
    const parts: Buffer[] = [];
    let length = 0;
    for await (const part of body) {
      progressed();
      const bytes = Buffer.from(part);
      parts.push(bytes);
      length += bytes.length;
      // An answer without end, or to another question: no reason to keep it all in memory.
      if (expected !== undefined && length > expected) break;
    }
    if (expected !== undefined && length !== expected)
      throw new DamagedAnswer(`${length} bytes came instead of ${expected}`);
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, length);
  } catch (error) {
    body.destroy();
    throw error;
  } finally {
    abortSignal.removeEventListener("abort", stop);
  }
}

/** How many bytes must come, from what the store says it sends. Throws when that is not what was asked for. */
function expectedLength(asked: ByteRange, range: string | undefined, status: number | undefined): number {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range ?? "") ?? [];
  if (status !== 206 || first === undefined)
    throw new DamagedAnswer("the whole object came instead of a part");
  const end = Math.min(asked.offset + asked.length, Number(total));
  if (Number(first) !== asked.offset || Number(last) + 1 !== end) {
    throw new DamagedAnswer(`bytes ${first} to ${last} came instead of ${asked.offset} to ${end - 1}`);
  }
  return end - asked.offset;
}
