import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { ingestStream, maxLineBytes } from "@/lib/logs/ingest-stream";
import { readLines } from "@/lib/logs/read-lines";
import { episodeId as episodeIdSchema } from "@/lib/logs/schema";
import type { Progress } from "./progress";
import { contentOf, examineFile } from "./read-file";
import { RejectedFile } from "./rejected-file";

export interface LogImport {
  /** Of this file, also when all of it was stored before. */
  accepted: number;
  rejected: number;
  firstRejected: { line: number; reason: string } | null;
  rejectedPath: string | null;
}

/**
 * An NDJSON file becomes entries of an episode, through the code that serves uploads. The batches are named after the
 * file's content, so importing it again adds nothing. Throws an AppError that names the place.
 */
export async function importLogFile(
  scope: WorkspaceScope,
  path: string,
  episodeId: string,
  { progressBar }: { progressBar?: (label: string, total: number) => Progress } = {},
): Promise<LogImport> {
  const checked = episodeIdSchema.safeParse(episodeId);
  if (!checked.success)
    throw new AppError("bad_input", `--episode ${episodeId}: ${checked.error.issues[0]?.message}`);
  const file = await examineFile(path);
  const rejectedFile = new RejectedFile(file.name);
  const progress = progressBar?.(`importing ${file.name}`, file.sizeBytes);
  let bytesRead = 0;
  const counted = async function* () {
    for await (const chunk of contentOf(path)) {
      bytesRead += chunk.length;
      yield chunk;
    }
  };
  try {
    const answer = await ingestStream(scope, {
      episodeId,
      uploadId: `sha256:${file.sha256}`,
      lines: readLines(counted(), maxLineBytes),
      onRejected: (line) => rejectedFile.add(line),
      onBatch: ({ accepted }) => progress?.update(bytesRead, `${accepted.toLocaleString("en")} rows`),
    });
    if (!answer.ok) throw new AppError("conflict", `${path}: ${answer.message}`);
    const { first } = rejectedFile;
    return {
      accepted: answer.accepted,
      rejected: answer.rejected,
      firstRejected: first && { line: first.line, reason: first.reason },
      rejectedPath: first && rejectedFile.path,
    };
  } finally {
    progress?.end();
    await rejectedFile.close();
  }
}
