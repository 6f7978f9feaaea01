import { AppError } from "@/lib/errors";
import type { LogEntry } from "@/lib/mongo/collections/log-entries";
import { newObjectId } from "@/lib/mongo/object-id";
import { fromLine, toLine } from "./entry-line";
import { scanObject } from "./json-text";

/**
 * A line of the archive as the document it was made of (I14), under an id of its own. The document must give back the very
 * line, else it is refused: a copy that reads differently would be worse than none.
 */
export function documentOfLine(
  line: string,
  { workspaceId, episodeId }: { workspaceId: string; episodeId: string },
): LogEntry {
  const { seq, at, level, receivedAt, flags } = fromLine(line);
  const fields = new Map(scanObject(line).map((field) => [field.key, field.value]));
  const metadata = fields.get("metadata");
  const raw = fields.get("raw");
  const entry: LogEntry = {
    _id: newObjectId(),
    workspaceId,
    episodeId,
    timestamp: at,
    level,
    message: String(fields.get("message")),
    ...(metadata !== undefined && { metadata }),
    sequenceNumber: seq,
    createdAt: receivedAt,
    ...(typeof raw === "string" && { raw }),
    ...(fields.has("flags") && { flags }),
  };
  if (toLine(entry) === line) return entry;
  throw new AppError("conflict", `Row ${seq} of the archive cannot be made a document that reads the same.`);
}
