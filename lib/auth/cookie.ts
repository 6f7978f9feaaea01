import "server-only";
import { decode, encode } from "next-auth/jwt";

/** A person signs in again after this time at the latest, and sooner when away for longer than `idleDays`. */
export const sessionDays = 14;
export const idleDays = 3;

export const sessionSeconds = sessionDays * 24 * 60 * 60;

/** The cookie that next-auth writes and that everything else reads. `__Host-` binds it to one host over https; plain http cannot carry it. */
export function sessionCookie(siteUrl: string) {
  const secure = siteUrl.startsWith("https://");
  return {
    name: secure ? "__Host-strata.session" : "strata.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, maxAge: sessionSeconds },
  } as const;
}

/** The JWT holds the session key and nothing else: who it is and what they may do is read from PostgreSQL each time. */
export function sealSession(key: string, secret: string): Promise<string> {
  return encode({ token: { key }, secret, maxAge: sessionSeconds });
}

/** The session key in a cookie; null for a cookie that is missing, altered, too old, or sealed with another secret. */
export async function unsealSession(cookie: string | undefined, secret: string): Promise<string | null> {
  if (!cookie) return null;
  try {
    const token = await decode({ token: cookie, secret });
    return typeof token?.key === "string" ? token.key : null;
  } catch {
    return null;
  }
}
