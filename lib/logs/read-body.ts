import { AppError } from "@/lib/errors";
import type { Admission } from "./admission";
import { uploadBytes } from "./read-upload";
import { announcedBytes } from "./upload-headers";

/** A body in one piece is held as a whole, so less of it is taken than of one that is read line by line. */
export const maxWholeBodyBytes = 20 * 1024 * 1024;
/** What such an upload is given room for before it is known how large it is; most are smaller. */
export const firstHeldBytes = 1024 * 1024;

/**
 * The unpacked body of a request whose format can only be read as a whole. `own` is an encoding that the format itself is
 * in and its reader undoes.
 */
export async function readBody(request: Request, admission: Admission, own?: string): Promise<Buffer> {
  const header = request.headers.get("content-encoding")?.trim().toLowerCase() ?? null;
  const encoding = header === own ? null : header;
  if (encoding !== null && !["identity", "gzip", "x-gzip"].includes(encoding)) {
    throw new AppError(
      "unsupported_type",
      `content-encoding ${encoding} is not understood; send gzip or none.`,
    );
  }
  const announced = announcedBytes(request);
  if (announced !== null && announced > maxWholeBodyBytes) throw tooLarge();
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  const limits = { encoding, announced, maxBytes: maxWholeBodyBytes, tooLarge };
  let length = 0;
  for await (const part of uploadBytes(request.body, limits)) {
    parts.push(part);
    length += part.length;
    // Nothing is stored before the body is whole, so it may be turned away in the middle of it.
    admission.hold(length);
  }
  return Buffer.concat(parts);
}

/** `type/subtype` of a request's body, without parameters; "" when it has none. */
export function contentTypeOf(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

export function tooLarge(): AppError {
  const limit = maxWholeBodyBytes / 1024 / 1024;
  return new AppError("too_large", `The body is larger than ${limit} MB unpacked; send it in parts.`);
}
