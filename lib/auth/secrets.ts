import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits: guessing one is out of reach, so a fast hash is enough to store it. */
export const newSecret = () => randomBytes(32).toString("base64url");

/** What the database keeps of a secret, as hex. */
export const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");
