import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { sessionCookie, sessionSeconds } from "./cookie";
import { signInInput } from "./schema";
import { revokeSessionKey } from "./session";
import { signInWithPassword } from "./sign-in";
import { visitorFrom } from "./visitor";

/**
 * next-auth's own routes (/api/auth/…), for programs that speak its protocol. The JWT holds the session key alone, and its
 * session endpoint tells nothing: who somebody is, is read from PostgreSQL where it is needed.
 */
export function nextAuthOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: { sessionToken: sessionCookie(env().NEXTAUTH_URL) },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const input = signInInput.safeParse(credentials);
          if (!input.success) return null;
          const result = await signInWithPassword(
            input.data,
            visitorFrom(request.headers?.["x-forwarded-for"], request.headers?.["user-agent"]),
          );
          if (result.ok) return { id: result.sessionKey };
          if (result.code === "rate_limited") throw new Error("RateLimited");
          return null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ key: user?.id ?? token.key }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.key === "string") await revokeSessionKey(token.key);
      },
    },
  };
}
