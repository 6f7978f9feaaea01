import { z } from "zod";
import { AppError } from "@/lib/errors";
import { int64Text } from "../schema";
import { parsePath } from "../search/metadata-path";
import { type LogQuery, logQueryFrom } from "../search/query";

export const exportFormats = ["jsonl", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Columns of a CSV, named like the fields of a JSON line. `metadata.<path>` is one value out of the metadata. */
export const csvColumns = [
  "sequenceNumber",
  "timestamp",
  "level",
  "message",
  "metadata",
  "createdAt",
  "flags",
  "source",
] as const;
const defaultColumns = ["sequenceNumber", "timestamp", "level", "message", "metadata"];
const metadataColumn = "metadata.";

const columnName = z
  .string()
  .max(300)
  .refine(
    (name) =>
      csvColumns.some((known) => known === name) ||
      (name.startsWith(metadataColumn) && parsePath(name.slice(metadataColumn.length)) !== null),
    { error: (issue) => `${issue.input} is none of ${csvColumns.join(", ")} or metadata.<path>.` },
  );

const exportOptions = z.object({
  format: z.enum(exportFormats).default("jsonl"),
  from: int64Text.nullable(),
  after: int64Text.nullable(),
  to: int64Text.nullable(),
  columns: z.array(columnName).max(50),
  timezone: z
    .string()
    .max(100)
    .refine(isTimezone, "A zone of the IANA database is wanted, like Europe/Berlin."),
  only: z.enum(["trailer", "estimate"]).nullable(),
});

export interface ExportRequest {
  format: ExportFormat;
  query: LogQuery;
  /** First number wanted. */
  from: bigint;
  /** Last number wanted; null for everything that exists when the export starts. */
  to: bigint | null;
  /** Goes on behind an earlier part, so a CSV gets no second head. */
  resumed: boolean;
  columns: string[];
  timezone: string;
  /** trailer: what it would say, without the rows, to check a part that was cut off; estimate: rows and size, roughly. */
  only: "trailer" | "estimate" | null;
}

/** The export that a URL asks for. What it names wrongly is refused by its name. */
export function exportRequestFrom(params: URLSearchParams): ExportRequest {
  const parsed = exportOptions.safeParse({
    format: params.get("format") ?? undefined,
    from: params.get("from"),
    after: params.get("after"),
    to: params.get("to"),
    columns: (params.get("columns") ?? "").split(",").filter(Boolean),
    timezone: params.get("timezone") || "UTC",
    only: params.get("only"),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError("bad_input", `${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { format, from, after, to, columns, timezone, only } = parsed.data;
  if (from !== null && after !== null) throw new AppError("bad_input", "after: give either from or after.");
  // A JSON line is the archive's line, byte for byte; whoever asks for another shape of it would not get one.
  if (format === "jsonl" && columns.length > 0)
    throw new AppError("bad_input", "columns: only a CSV has columns.");
  if (format === "jsonl" && timezone !== "UTC") {
    throw new AppError("bad_input", "timezone: only a CSV has one; JSON lines are in UTC.");
  }
  return {
    format,
    query: logQueryFrom(params),
    from: after === null ? BigInt(from ?? "0") : BigInt(after) + 1n,
    to: to === null ? null : BigInt(to),
    resumed: after !== null,
    columns: columns.length > 0 ? columns : defaultColumns,
    timezone,
    only,
  };
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
