import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import type { MutationResult } from "@/lib/auth/action";
import { toLogEntries } from "../entry-document";
import { toLine } from "../entry-line";
import { ingestSettings } from "../ingest-settings";
import { parseLine } from "../parse-line";
import type { TryLineInput } from "./schema";

/** What would be stored of a line now, as the archive would write it. The same steps as ingest; nothing is stored. */
export async function tryLine(scope: WorkspaceScope, { line }: TryLineInput): Promise<MutationResult> {
  const parsed = parseLine(line);
  if (!parsed.ok) {
    const message = `Ingest would refuse this line: ${parsed.reason}.`;
    return { ok: false, code: "bad_input", fields: { line: message }, message };
  }
  const { redactor } = await ingestSettings(scope);
  const place = {
    workspaceId: scope.workspaceId,
    episodeId: "none",
    startSequence: 0n,
    createdAt: new Date(),
  };
  const [entry] = toLogEntries(redactor.apply([parsed.entry]), place);
  if (!entry) throw new Error("An entry went in and none came out");
  return { ok: true, message: toLine(entry) };
}
