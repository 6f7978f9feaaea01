/**
 * A path of this site to continue at, or "/". Anything that a browser could read as another site is refused: "//host", "/\host",
 * a scheme, control characters that browsers drop before they parse.
 */
export function safeReturnPath(asked: string | null | undefined): string {
  if (!asked?.startsWith("/") || asked.length > 2000) return "/";
  const here = "http://here.invalid";
  if (!URL.canParse(asked, here)) return "/";
  const url = new URL(asked, here);
  if (url.origin !== here || url.pathname.startsWith("//")) return "/";
  // Back to the sign-in page would be a circle, and an API route is no page.
  if (url.pathname === "/sign-in" || url.pathname.startsWith("/api/")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The sign-in page, remembering where to go on to, and whether a session was lost on the way. */
export function signInPath(returnTo: string, lostSession: boolean): string {
  const query = new URLSearchParams();
  if (returnTo !== "/") query.set("callbackUrl", returnTo);
  if (lostSession) query.set("reason", "ended");
  return query.size > 0 ? `/sign-in?${query}` : "/sign-in";
}
