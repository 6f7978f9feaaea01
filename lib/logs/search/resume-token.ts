import { createHash } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { int64Text } from "../schema";
import type { LogQuery } from "./query";

const content = z.tuple([z.string(), int64Text]);

/**
 * Where a search goes on: a sequence number, which stays true while rows move to the archive, and a mark of the search it
 * belongs to. It carries no right: whoever shows it is checked like any reader.
 */
export function resumeToken(episodeId: string, query: LogQuery, position: bigint): string {
  const text = JSON.stringify([markOf(episodeId, query), position.toString()]);
  return Buffer.from(text).toString("base64url");
}

export function positionOf(token: string, episodeId: string, query: LogQuery): bigint {
  const read = content.safeParse(parse(Buffer.from(token, "base64url").toString("utf8")));
  if (!read.success) throw new AppError("bad_input", "resume: this is no token of a search.");
  const [mark, position] = read.data;
  if (mark !== markOf(episodeId, query)) {
    throw new AppError("bad_input", "resume: this token belongs to another search. Start without it.");
  }
  return BigInt(position);
}

function markOf(episodeId: string, query: LogQuery): string {
  return createHash("sha256")
    .update(JSON.stringify([episodeId, query]))
    .digest("base64url")
    .slice(0, 16);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
