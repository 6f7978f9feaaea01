import "server-only";
import type { z } from "zod";
import { AppError } from "@/lib/errors";
import { uploadBytes } from "@/lib/logs/read-upload";
import { announcedBytes } from "@/lib/logs/upload-headers";

/** Settings, results and lists of ids; what is larger is an artifact. */
const mostBytes = 1024 * 1024;

/** The JSON body of a request as its schema has it, or an error that names what is wrong and where. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const text = (await readBytes(request, mostBytes)).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError("bad_input", "The body is no JSON.");
  }
  return parsed(schema, value);
}

/** The body as a whole, within its limit. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError("too_large", `The body is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  const announced = announcedBytes(request);
  if (announced !== null && announced > maxBytes) throw tooLarge();
  if (!request.body) return Buffer.alloc(0);
  const encoding = request.headers.get("content-encoding");
  const parts: Uint8Array[] = [];
  for await (const part of uploadBytes(request.body, { encoding, announced, maxBytes, tooLarge }))
    parts.push(part);
  return Buffer.concat(parts);
}

export function parsed<S extends z.ZodType>(schema: S, value: unknown, place = ""): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = [place, ...(issue?.path.map(String) ?? [])].filter((part) => part !== "").join(".");
  throw new AppError("bad_input", `${path === "" ? "The body" : path}: ${issue?.message}`);
}
