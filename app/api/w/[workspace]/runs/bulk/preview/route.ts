import { workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { previewBulk } from "@/lib/runs/bulk/preview";
import { bulkTarget } from "@/lib/runs/bulk/schema";

/** What an act on many runs would meet. It changes nothing; it is a POST because the chosen runs are too many for a URL. */
export const POST = workspaceRoute<{ workspace: string }>("runs:write", async (scope, request) => {
  const target = bulkTarget.safeParse(await request.json().catch(() => null));
  if (!target.success) throw new AppError("bad_input", "Which runs is not readable. Choose them again.");
  return Response.json(await previewBulk(scope, target.data), { headers: { "cache-control": "no-store" } });
});
