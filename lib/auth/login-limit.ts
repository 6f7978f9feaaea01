import "server-only";
import { eq, sql } from "drizzle-orm";
import { loginAttempts } from "@/drizzle/schema/login-attempts";
import { database } from "@/lib/db/client";
import { hashOf } from "./secrets";

/**
 * Attempts within one window. Per address there are more: a whole office may share one. The limit per e-mail is the one that
 * holds against an attacker with many addresses, and its price is that a stranger can keep a person out for a window.
 */
export const attemptLimits = { email: 8, address: 40 } as const;
export const windowMinutes = 15;

export type Attempt = { email: string; address: string | null };
export type Counted = { ok: true } | { ok: false; retryAfterSeconds: number };

/**
 * Counts an attempt before its password is looked at: of many attempts at the same instant, in whatever process, no more than
 * the limit are let through. The address comes first, so that one address cannot fill the table with e-mails.
 */
export async function countAttempt({ email, address }: Attempt): Promise<Counted> {
  if (address !== null) {
    const counted = await countOne(addressKey(address), attemptLimits.address);
    if (!counted.ok) return counted;
  }
  return countOne(emailKey(email), attemptLimits.email);
}

/** After the right password: the e-mail starts anew, and the address gets this one attempt back. */
export async function forgiveAttempt({ email, address }: Attempt): Promise<void> {
  await database()
    .delete(loginAttempts)
    .where(eq(loginAttempts.key, emailKey(email)));
  if (address === null) return;
  await database()
    .update(loginAttempts)
    .set({ attempts: sql`greatest(${loginAttempts.attempts} - 1, 0)` })
    .where(eq(loginAttempts.key, addressKey(address)));
}

async function countOne(key: string, limit: number): Promise<Counted> {
  const windowEnd = sql`now() + make_interval(mins => ${windowMinutes})`;
  const closed = sql`${loginAttempts.windowEndsAt} <= now()`;
  const [row] = await database()
    .insert(loginAttempts)
    .values({ key, attempts: 1, windowEndsAt: windowEnd })
    .onConflictDoUpdate({
      target: loginAttempts.key,
      // Refused attempts do not move the window: the answer "try again in n minutes" stays true.
      set: {
        attempts: sql`case when ${closed} then 1 else least(${loginAttempts.attempts} + 1, ${limit + 1}) end`,
        windowEndsAt: sql`case when ${closed} then excluded.window_ends_at else ${loginAttempts.windowEndsAt} end`,
      },
    })
    .returning({
      attempts: loginAttempts.attempts,
      secondsLeft: sql<number>`ceil(extract(epoch from ${loginAttempts.windowEndsAt} - now()))::int`,
    });
  if (!row) throw new Error("An upsert returned no row");
  if (row.attempts === 1) await removeClosedWindows();
  return row.attempts <= limit
    ? { ok: true }
    : { ok: false, retryAfterSeconds: Math.max(row.secondsLeft, 1) };
}

/** For each window that opens, up to ten that have closed go: the table cannot grow beyond the attempts of about one window. */
async function removeClosedWindows(): Promise<void> {
  await database().execute(sql`
    delete from ${loginAttempts} where key in (
      select key from ${loginAttempts} where window_ends_at <= now() order by window_ends_at limit 10 for update skip locked)`);
}

const emailKey = (email: string) => `email:${hashOf(email.trim().toLowerCase())}`;
const addressKey = (address: string) => `address:${hashOf(address)}`;
