import { previewRestore } from "@/lib/archive/restore/plan";
import { listRestores, requestRestore } from "@/lib/archive/restore/request";
import { toPreviewJson, toRestoreJson } from "@/lib/archive/restore/restore-json";
import { restoreInput } from "@/lib/archive/schema";
import { failed, workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { getEpisode } from "@/lib/logs/queries";

type Params = { workspace: string; episodeId: string };

/** Restores of an episode; with `from` and `to`, what restoring that range would cost. */
export const GET = workspaceRoute<Params>("archive:read", async (scope, request, { episodeId }) => {
  const asked = new URL(request.url).searchParams;
  const headers = { "cache-control": "no-store" };
  if (asked.has("from")) {
    const preview = await previewRestore(scope, episodeId, wishFrom(episodeId, Object.fromEntries(asked)));
    if (preview) return Response.json(toPreviewJson(preview), { headers });
    return failed({ ok: false, code: "not_found", message: "No archived row lies in this range." });
  }
  if (!(await getEpisode(scope, episodeId)))
    return failed({ ok: false, code: "not_found", message: "There is no such episode." });
  const restores = await listRestores(scope, episodeId);
  return Response.json({ restores: restores.map(toRestoreJson) }, { headers });
});

/** Asks for a range: `{ "from": "0", "to": "999", "hours": 24 }`. Sent again it is the same restore. */
export const POST = workspaceRoute<Params>("archive:write", async (scope, request, { episodeId }) => {
  const wish = wishFrom(episodeId, await request.json().catch(() => null));
  const { restoreId, expiresAt } = await requestRestore(scope, wish);
  return Response.json(
    { restoreId, expiresAt: expiresAt.toISOString() },
    { status: 202, headers: { "cache-control": "no-store" } },
  );
});

function wishFrom(episodeId: string, fields: unknown) {
  const named = typeof fields === "object" && fields !== null ? fields : {};
  const parsed = restoreInput.safeParse({ ...named, episodeId });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_input", `${issue?.path.join(".") || "The request"}: ${issue?.message}`);
}
