import "server-only";

export type Visitor = { address: string | null; userAgent: string | null };

/**
 * Where a request came from. The last entry of X-Forwarded-For is the one that the nearest proxy has written (Next itself writes
 * it when there is no proxy); entries before it are whatever the client claims, and would let it choose its own rate limit.
 */
export function visitorFrom(
  forwardedFor: string | null | undefined,
  userAgent: string | null | undefined,
): Visitor {
  const address = forwardedFor?.split(",").at(-1)?.trim();
  return { address: address ? address.slice(0, 64) : null, userAgent: userAgent?.slice(0, 400) ?? null };
}
