import { Readable } from "node:stream";
import type { ReadableStream as NodeWebStream } from "node:stream/web";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/errors";
import { readArray } from "./read-array";
import { readLines, type UploadLine } from "./read-lines";

interface ByteLimits {
  encoding: string | null;
  /** Bytes the sender announced (content-length); null when it did not. */
  announced: number | null;
  maxBytes: number;
  tooLarge: () => Error;
}

interface Limits extends ByteLimits {
  maxLineBytes: number;
}

const openingBracket = 0x5b;

/** The lines of an upload: of NDJSON, or the elements of one JSON array, told by the first byte. */
export async function* readUpload(
  body: ReadableStream<Uint8Array>,
  limits: Limits,
): AsyncGenerator<UploadLine> {
  const bytes = uploadBytes(body, limits);
  const head: Uint8Array[] = [];
  let first: number | undefined;
  // Up to the first byte that is no space.
  while (first === undefined) {
    const { value, done } = await bytes.next();
    if (done) return;
    head.push(value);
    first = value.find((byte) => byte > 0x20);
  }
  const whole = async function* () {
    yield* head;
    yield* bytes;
  };
  yield* first === openingBracket
    ? readArray(whole(), limits.maxLineBytes)
    : readLines(whole(), limits.maxLineBytes);
}

/** The bytes of an upload, unpacked and within its limit. */
export function uploadBytes(
  body: ReadableStream<Uint8Array>,
  limits: ByteLimits,
): AsyncGenerator<Uint8Array> {
  return withinLimit(unpacked(complete(body, limits.announced), limits.encoding), limits);
}

/** A body that something on the way cut off must not pass for a short one: its last lines would be missing without a word. */
async function* complete(
  body: ReadableStream<Uint8Array>,
  announced: number | null,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of Readable.fromWeb(body as NodeWebStream<Uint8Array>)) {
    received += chunk.length;
    yield chunk;
  }
  if (announced !== null && received < announced) {
    throw new AppError(
      "bad_input",
      `The body was cut short on its way: ${received} of ${announced} bytes arrived.`,
    );
  }
}

async function* unpacked(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string | null,
): AsyncGenerator<Uint8Array> {
  if (encoding === null || encoding === "identity") return yield* bytes;
  if (encoding !== "gzip" && encoding !== "x-gzip") {
    throw new AppError(
      "bad_input",
      `content-encoding ${encoding} is not understood; send plain text or gzip.`,
    );
  }
  const source = Readable.from(bytes);
  const unzip = createGunzip();
  source.on("error", (error) => unzip.destroy(error));
  try {
    yield* source.pipe(unzip);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
    if (code.startsWith("Z_"))
      throw new AppError("bad_input", "The gzip data is broken or cut short.", { cause });
    throw cause;
  } finally {
    source.destroy();
  }
}

/** Stops a small body that unpacks to a large one as soon as it passes the limit. */
async function* withinLimit(source: AsyncIterable<Uint8Array>, { maxBytes, tooLarge }: ByteLimits) {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maxBytes) throw tooLarge();
    yield chunk;
  }
}
