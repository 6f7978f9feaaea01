import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { failed } from "@/lib/auth/route";
import { objectStore } from "@/lib/objects/store";
import { artifactKind } from "./artifact-kind";
import { artifactTitle, getRunArtifact, notStored } from "./artifacts";

/** Read in parts of this size, so that a large artifact is never whole in memory. */
const partBytes = 4 * 1024 * 1024;

/**
 * The bytes of an artifact as a download. Whatever a task wrote, the browser runs none of it: the file is saved and not
 * shown, its type is not guessed, and should it be shown after all it is in a sandbox without an origin.
 */
export async function artifactFileResponse(
  scope: WorkspaceScope,
  runId: string,
  artifactId: string,
): Promise<Response> {
  const artifact = await getRunArtifact(scope, runId, artifactId);
  if (!artifact)
    return failed({ ok: false, code: "not_found", message: "There is no such artifact in this run." });
  const { key, contentType } = artifact.storageRef;
  const stored = await objectStore().head(key);
  if (!stored) return failed({ ok: false, code: "not_found", message: notStored });
  const image = artifactKind(contentType) === "image";
  return new Response(bytesOf(key, stored.sizeBytes), {
    headers: {
      "content-type": image && contentType ? contentType : "application/octet-stream",
      "content-length": String(stored.sizeBytes),
      "content-disposition": `attachment; filename="${fileName(artifactTitle(artifact), contentType)}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}

function bytesOf(key: string, sizeBytes: number): ReadableStream<Uint8Array> {
  const abort = new AbortController();
  let offset = 0;
  return new ReadableStream({
    async pull(controller) {
      if (offset >= sizeBytes) return controller.close();
      const length = Math.min(partBytes, sizeBytes - offset);
      const part = await objectStore().get(key, { offset, length }, { signal: abort.signal });
      // It was there a moment ago. An error ends the download, which the browser then calls failed, not finished.
      if (!part || part.byteLength === 0) throw new Error(`The object ${key} ended at byte ${offset}`);
      offset += part.byteLength;
      controller.enqueue(part);
    },
    cancel: () => abort.abort(),
  });
}

const extensions: Readonly<Record<string, string>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/gzip": "tar.gz",
  "text/csv": "csv",
  "text/markdown": "md",
  "text/plain": "txt",
  "text/html": "html",
  "image/png": "png",
  "image/jpeg": "jpg",
};

/** A name that is safe in a header and on every file system; the extension follows the type where the title has none. */
export function fileName(title: string, contentType: string | null): string {
  const name =
    title
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[-.]+|-+$/g, "")
      .slice(0, 120) || "artifact";
  const extension = extensions[contentType?.split(";")[0]?.trim().toLowerCase() ?? ""];
  return /\.[A-Za-z0-9]{1,8}$/.test(name) || !extension ? name : `${name}.${extension}`;
}
