import type { SweepPreview } from "@/lib/archive/acts/schema";
import { orphanDelayMs, previewSweep } from "@/lib/archive/sweep";
import { workspaceRoute } from "@/lib/auth/route";
import { hour } from "@/lib/time";

/** As many as a person may look at before agreeing to them; the next sweep takes the next ones. */
const mostListed = 500;

/** What a sweep would delete; nothing is deleted here. */
export const GET = workspaceRoute("archive:delete", async (scope, request) => {
  const { orphans, orphanBytes, waiting, unexplained } = await previewSweep(scope, request.signal);
  const preview: SweepPreview = {
    orphans: orphans
      .slice(0, mostListed)
      .map((orphan) => ({ ...orphan, modifiedAt: orphan.modifiedAt.toISOString() })),
    total: { objects: orphans.length, bytes: orphanBytes },
    waiting,
    unexplained: unexplained.slice(0, mostListed),
    olderThanHours: orphanDelayMs / hour,
  };
  return Response.json(preview, { headers: { "cache-control": "no-store" } });
});
