import "server-only";
import { z } from "zod";
import type { WorkspaceScope } from "@/lib/auth/access";
import { longAnswer } from "@/lib/auth/long-answer";
import { failed } from "@/lib/auth/route";
import { byteStream, untilLeft } from "@/lib/http/byte-stream";
import { objectStore } from "@/lib/objects/store";
import { findRecord } from "../../read/page";
import { exportHeaders } from "../headers";
import { readParts } from "./part-writer";
import { findExport } from "./queries";

const trustedMs = 2_000;

/**
 * The file of an export, to the person who asked for it. It has a length and an entity tag, so that a browser shows how far it
 * is and a download that broke off goes on where it was (one range, as RFC 9110 says).
 */
export async function exportFileResponse(
  scope: WorkspaceScope,
  exportId: string,
  request: Request,
): Promise<Response> {
  const found = z.uuid().safeParse(exportId).success ? await findExport(scope, exportId) : null;
  if (!found) return notThere("There is no such export of yours.");
  const { job, file } = found;
  if (!file || !job.result || !(await findRecord(scope, job.episodeId)))
    return notThere("The file of this export is not there any more, or not yet.");
  const { sizeBytes } = file;
  const tag = `"${job.result.sha256}"`;
  const headers = new Headers(
    exportHeaders(
      job.episodeId,
      { format: job.format, from: BigInt(job.result.from) },
      { through: BigInt(job.result.through) },
    ),
  );
  headers.set("accept-ranges", "bytes");
  headers.set("etag", tag);
  const range = wantedRange(request.headers, tag, sizeBytes);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes };
  headers.set("content-length", String(end - start));
  if (range) headers.set("content-range", `bytes ${start}-${end - 1}/${sizeBytes}`);
  const answer = await longAnswer(scope.workspaceSlug, "logs:read");
  const { left, signal } = untilLeft(request);
  const bytes = whileAllowed(readParts(objectStore(), file, { start, end }, signal), answer.stillAllowed);
  return new Response(byteStream(bytes, left), { status: range ? 206 : 200, headers });
}

/** Nothing leaves on an old proof. The connection breaks: a file that is cut short is told by its length. */
async function* whileAllowed(
  pieces: AsyncGenerator<Buffer>,
  stillAllowed: () => Promise<boolean>,
): AsyncGenerator<Buffer> {
  let provenAt = Date.now();
  for await (const piece of pieces) {
    if (Date.now() - provenAt > trustedMs) {
      if (!(await stillAllowed())) throw new Error("Access ended during the download");
      provenAt = Date.now();
    }
    yield piece;
  }
}

/** The one range that is asked for; null for the whole file. What cannot be read as one range is no wish for one. */
export function wantedRange(
  headers: Pick<Headers, "get">,
  tag: string,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const ifRange = headers.get("if-range");
  if (ifRange !== null && ifRange !== tag) return null;
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get("range") ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "")
    return size > 0 && Number(last) > 0
      ? { start: Math.max(0, size - Number(last)), end: size }
      : "unsatisfiable";
  const start = Number(first);
  const end = last === "" ? size : Math.min(size, Number(last) + 1);
  return start < size && start < end ? { start, end } : "unsatisfiable";
}

function notThere(message: string): Response {
  return failed({ ok: false, code: "not_found", message });
}
