import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { cache } from "react";
import { sessions } from "@/drizzle/schema/sessions";
import { users } from "@/drizzle/schema/users";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { idleDays, sealSession, sessionDays, unsealSession } from "./cookie";
import { clearSessionCookie, goToSignIn, readSessionCookie } from "./request";
import { hashOf, newSecret } from "./secrets";
import type { Visitor } from "./visitor";

/** Not exported: a session exists only after its row has been read here. */
const proven = Symbol("proven session");

export type Session = Readonly<{
  sessionId: string;
  userId: string;
  email: string;
  displayName: string;
  [proven]: true;
}>;

/** The person behind this request, or null. Read from PostgreSQL once per request, so that a revocation acts at once. */
export const currentSession = cache(
  async (): Promise<Session | null> => sessionForCookie(await readSessionCookie()),
);

/** For pages of the person rather than of a workspace. */
export async function requireSession(): Promise<Session> {
  return (await currentSession()) ?? goToSignIn();
}

export async function sessionForCookie(cookie: string | undefined): Promise<Session | null> {
  const key = await unsealSession(cookie, env().NEXTAUTH_SECRET);
  return key === null ? null : sessionForKey(key);
}

async function sessionForKey(key: string): Promise<Session | null> {
  const [row] = await database()
    .select({
      sessionId: sessions.id,
      userId: users.id,
      email: users.email,
      displayName: users.displayName,
      seenLongAgo: sql<boolean>`${sessions.lastSeenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.keyHash, hashOf(key)), alive, eq(users.status, "active")))
    .limit(1);
  if (!row) return null;
  const { seenLongAgo, ...person } = row;
  if (seenLongAgo) await touch(row.sessionId);
  return { ...person, [proven]: true };
}

const alive = and(
  isNull(sessions.revokedAt),
  gt(sessions.expiresAt, sql`now()`),
  gt(sessions.lastSeenAt, sql`now() - make_interval(days => ${idleDays})`),
);

/** At most once a minute: a write for each request would be the hottest row of the database. */
async function touch(sessionId: string): Promise<void> {
  await database().update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId));
}

/** A new session after a proven password; returns the key for the cookie. Only sign-in.ts calls this. */
export async function openSession(userId: string, from: Visitor): Promise<string> {
  const key = newSecret();
  await database()
    .insert(sessions)
    .values({
      keyHash: hashOf(key),
      userId,
      expiresAt: sql`now() + make_interval(days => ${sessionDays})`,
      userAgent: from.userAgent,
      ip: from.address,
    });
  return key;
}

/** The cookie of a session just opened. */
export const cookieFor = (key: string) => sealSession(key, env().NEXTAUTH_SECRET);

/** Ends this browser's session: the row first, so that a copy of the cookie is worth nothing. */
export async function signOut(): Promise<void> {
  const key = await unsealSession(await readSessionCookie(), env().NEXTAUTH_SECRET);
  if (key !== null) await revokeSessionKey(key);
  await clearSessionCookie();
}

export async function revokeSessionKey(key: string): Promise<void> {
  await database()
    .update(sessions)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(sessions.keyHash, hashOf(key)), isNull(sessions.revokedAt)));
}
