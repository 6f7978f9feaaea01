import "server-only";
import { eq, sql } from "drizzle-orm";
import { users } from "@/drizzle/schema/users";
import { database } from "@/lib/db/client";
import { countAttempt, forgiveAttempt } from "./login-limit";
import { verifyPassword } from "./password";
import type { SignInInput } from "./schema";
import { openSession } from "./session";
import type { Visitor } from "./visitor";

export type SignInResult =
  | { ok: true; sessionKey: string }
  | { ok: false; code: "unauthorized" | "rate_limited"; message: string };

/**
 * The one way from a password to a session; the form and next-auth's own route both end here. Unknown, suspended and
 * wrong-password people get the same sentence after the same work.
 */
export async function signInWithPassword(
  { email, password }: Pick<SignInInput, "email" | "password">,
  visitor: Visitor,
): Promise<SignInResult> {
  const attempt = { email, address: visitor.address };
  const counted = await countAttempt(attempt);
  if (!counted.ok) return { ok: false, code: "rate_limited", message: tooMany(counted.retryAfterSeconds) };

  const [person] = await database()
    .select({ id: users.id, passwordHash: users.passwordHash, status: users.status })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
    .limit(1);
  const matches = await verifyPassword(person?.passwordHash, password);
  if (!person || !matches || person.status !== "active") {
    return { ok: false, code: "unauthorized", message: "That email and password do not match." };
  }

  await forgiveAttempt(attempt);
  await database().update(users).set({ lastLoginAt: sql`now()` }).where(eq(users.id, person.id));
  return { ok: true, sessionKey: await openSession(person.id, visitor) };
}

function tooMany(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`;
}
