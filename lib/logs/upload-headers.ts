import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import { episodeId as episodeIdSchema } from "./schema";

const uploadIdPattern = /^[\x21-\x7e]{1,200}$/;

/** The episode that a request names beside its body; null when it names none. */
export function episodeOf(request: Request): string | null {
  const named = new URL(request.url).searchParams.get("episode") ?? request.headers.get("x-strata-episode");
  if (!named) return null;
  const parsed = episodeIdSchema.safeParse(named);
  if (!parsed.success) throw new AppError("bad_input", `episode: ${parsed.error.issues[0]?.message}`);
  return parsed.data;
}

/** Bytes of the body as it travels; null when the sender did not say. */
export function announcedBytes(request: Request): number | null {
  const header = request.headers.get("content-length");
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/** The sender's name for what it sends, under which it may send it again; a fresh one when it gave none. */
export function uploadIdOf(request: Request): string {
  const key = request.headers.get("idempotency-key");
  if (key === null) return randomUUID();
  if (!uploadIdPattern.test(key)) {
    throw new AppError("bad_input", "Idempotency-Key: 1 to 200 visible ASCII characters are wanted.");
  }
  return key;
}
