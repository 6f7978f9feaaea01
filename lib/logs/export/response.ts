import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { longAnswer } from "@/lib/auth/long-answer";
import { failed } from "@/lib/auth/route";
import { byteStream, untilDone, untilLeft } from "@/lib/http/byte-stream";
import { estimateExport } from "./estimate";
import { openExport } from "./export";
import { exportHeaders } from "./headers";
import { exportRequestFrom } from "./request";
import { takeExportSlot } from "./slots";

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
  const free = takeExportSlot(scope);
  try {
    const opened = await openExport(scope, episodeId, wanted, { answer, signal });
    if (!opened) {
      free();
      return notFound();
    }
    // A reader who leaves before the first byte never starts what would free it at its end.
    signal.addEventListener("abort", free, { once: true });
    const bytes = untilDone(opened.bytes, free);
    return new Response(byteStream(bytes, left), { headers: exportHeaders(episodeId, wanted, opened) });
  } catch (error) {
    free();
    throw error;
  }
}

const notFound = () => failed({ ok: false, code: "not_found", message: "There is no such episode." });
