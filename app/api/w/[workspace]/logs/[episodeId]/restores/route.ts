import { previewRestore, spanBetween } from "@/lib/archive/restore/plan";
import { requestRestore } from "@/lib/archive/restore/request";
import { getRestoreList, toPreviewJson } from "@/lib/archive/restore/restore-json";
import { restoreInput, restoreTimes } from "@/lib/archive/schema";
import type { WorkspaceScope } from "@/lib/auth/access";
import { failed, workspaceRoute } from "@/lib/auth/route";
import { AppError } from "@/lib/errors";
import { getEpisode } from "@/lib/logs/queries";

type Params = { workspace: string; episodeId: string };

/** Restores of an episode; with `from` and `to`, or `since` and `until`, what restoring that range would cost. */
export const GET = workspaceRoute<Params>("archive:read", async (scope, request, { episodeId }) => {
  const asked = new URL(request.url).searchParams;
  const headers = { "cache-control": "no-store" };
  if (asked.has("from") || asked.has("since")) {
    const range = await rangeFrom(scope, episodeId, asked);
    const preview = range && (await previewRestore(scope, episodeId, range));
    if (preview) return Response.json(toPreviewJson(preview), { headers });
    return failed({ ok: false, code: "not_found", message: "No archived row lies in this range." });
  }
  if (!(await getEpisode(scope, episodeId)))
    return failed({ ok: false, code: "not_found", message: "There is no such episode." });
  return Response.json(await getRestoreList(scope, episodeId), { headers });
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

function rangeFrom(scope: WorkspaceScope, episodeId: string, asked: URLSearchParams) {
  if (asked.has("from")) return wishFrom(episodeId, Object.fromEntries(asked));
  const parsed = restoreTimes.safeParse(Object.fromEntries(asked));
  if (!parsed.success)
    throw new AppError("bad_input", "since, until: two times such as 2026-11-20T14:00:00Z, in this order.");
  return spanBetween(scope, episodeId, parsed.data);
}

function wishFrom(episodeId: string, fields: unknown) {
  const named = typeof fields === "object" && fields !== null ? fields : {};
  const parsed = restoreInput.safeParse({ ...named, episodeId });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("bad_input", `${issue?.path.join(".") || "The request"}: ${issue?.message}`);
}
