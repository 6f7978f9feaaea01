import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { longAnswer } from "@/lib/auth/long-answer";
import { failed } from "@/lib/auth/route";
import { byteStream, untilLeft } from "../byte-stream";
import { estimateExport } from "./estimate";
import { openExport } from "./export";
import { exportHeaders } from "./headers";
import { exportRequestFrom } from "./request";

/** The answer to a request for an export, or for what one would be. */
export async function exportResponse(
  scope: WorkspaceScope,
  episodeId: string,
  request: Request,
): Promise<Response> {
  const wanted = exportRequestFrom(new URL(request.url).searchParams);
  if (wanted.only === "estimate") {
    const estimate = await estimateExport(scope, episodeId, wanted);
    return estimate ? Response.json(estimate, { headers: { "cache-control": "no-store" } }) : notFound();
  }
  const answer = await longAnswer(scope.workspaceSlug, "logs:read");
  const { left, signal } = untilLeft(request);
  const opened = await openExport(scope, episodeId, wanted, { answer, signal });
  if (!opened) return notFound();
  return new Response(byteStream(opened.bytes, left), { headers: exportHeaders(episodeId, wanted, opened) });
}

const notFound = () => failed({ ok: false, code: "not_found", message: "There is no such episode." });
