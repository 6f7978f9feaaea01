import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { newSecret } from "./secrets";

/** argon2id (the library's default kind) as OWASP recommends it: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string) => hash(password, cost);

/** Compared with when there is nothing to compare with. Made at start, so that nobody waits for it. */
const decoy = hashPassword(newSecret());

/** Takes as long for an unknown person as for a known one, so that the time does not tell who has an account. */
export async function verifyPassword(
  storedHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const against = storedHash ?? (await decoy);
  const matches = await verify(against, password);
  return matches && against === storedHash;
}
