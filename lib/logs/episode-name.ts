import { createHash } from "node:crypto";
import { episodeId } from "./schema";

/**
 * An episode id for a sender that names none: its parts, readable, joined with ":". Where characters had to be replaced or
 * cut, the hash of the exact parts follows, so that two senders never share an episode because their names look alike.
 */
export function episodeNameOf(parts: string[], distinguishing = ""): string {
  const plain = parts.map((part) => part.replace(/[^A-Za-z0-9._-]/g, "_")).join(":");
  const exact = parts.join(":");
  if (distinguishing === "" && plain === exact && episodeId.safeParse(plain).success) return plain;
  const hash = createHash("sha256")
    .update(JSON.stringify([parts, distinguishing]))
    .digest("hex")
    .slice(0, 12);
  // The first character must be a letter or a digit.
  const readable = plain.slice(0, 180).replace(/^[^A-Za-z0-9]+/, "");
  return `${readable || "episode"}-${hash}`;
}
