/** For load balancers: this process answers. It asks no store; the archive page tells how those are. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}
