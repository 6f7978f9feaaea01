import { randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { sessionCookie, unsealSession } from "@/lib/auth/cookie";
import { pathHeader, requestIdHeader } from "@/lib/auth/headers";
import { safeReturnPath, signInPath } from "@/lib/auth/return-path";
import { env } from "@/lib/env";

/** Pages that somebody without a session may see. */
const openPages = /^\/(sign-in|invite)(\/|$)/;
/** Programs get a status from the route itself, never a redirect to a form. */
const routes = /^\/(api|v1|loki)(\/|$)/;

/**
 * Names each request and sends the signed-out to the sign-in page before anything is drawn. A courtesy, not the guard: it looks at
 * the cookie alone, and every page, action and route proves its own scope against PostgreSQL.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const asked = `${pathname}${search}`;
  if (!openPages.test(pathname) && !routes.test(pathname)) {
    const { NEXTAUTH_URL, NEXTAUTH_SECRET } = env();
    const cookie = request.cookies.get(sessionCookie(NEXTAUTH_URL).name)?.value;
    if ((await unsealSession(cookie, NEXTAUTH_SECRET)) === null) {
      return NextResponse.redirect(
        new URL(signInPath(safeReturnPath(asked), cookie !== undefined), request.url),
      );
    }
  }
  const headers = new Headers(request.headers);
  const requestId = randomUUID();
  headers.set(requestIdHeader, requestId);
  headers.set(pathHeader, asked);
  return NextResponse.next({ request: { headers }, headers: { [requestIdHeader]: requestId } });
}

/*
 * Uploads of logs do not come through here: Next hands a route that has a proxy before it only the first 10 MB of a body, and
 * the rest would be lost without a word.
 */
export const config = {
  matcher: ["/((?!_next/|api/v1/|v1/|loki/|.*\\.(?:ico|png|svg|webp|txt|webmanifest|woff2)$).*)"],
};
