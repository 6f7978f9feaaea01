import { z } from "zod";
import type { RetentionPreview } from "@/lib/archive/acts/schema";
import { previewRetention } from "@/lib/archive/retention/preview";
import { retentionDays } from "@/lib/archive/schema";
import { failed, workspaceRoute } from "@/lib/auth/route";

const asked = z.object({ days: retentionDays });

/** What keeping archived logs for `?days=` would delete; without days, for ever. */
export const GET = workspaceRoute("archive:read", async (scope, request) => {
  const parsed = asked.safeParse({ days: new URL(request.url).searchParams.get("days") ?? "" });
  if (!parsed.success)
    return failed({ ok: false, code: "bad_input", message: "days: a whole number from 1 to 36,500." });
  const { oldest, ...figures } = await previewRetention(scope, parsed.data);
  const preview: RetentionPreview = { ...figures, oldest: oldest?.toISOString() ?? null };
  return Response.json(preview, { headers: { "cache-control": "no-store" } });
});
