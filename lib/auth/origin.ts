/** "localhost" and the loopback addresses are one machine: people type either, whichever NEXTAUTH_URL says. */
const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Did this request come from a page of this site? Browsers send Origin with every POST, and no page can forge it; a request
 * without one is refused, because a cookie alone does not prove that our page sent it.
 */
export function isSameSite(origin: string | null, siteUrl: string): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  const site = new URL(siteUrl);
  if (from.origin === site.origin) return true;
  return (
    from.protocol === site.protocol &&
    from.port === site.port &&
    loopback.has(from.hostname) &&
    loopback.has(site.hostname)
  );
}
