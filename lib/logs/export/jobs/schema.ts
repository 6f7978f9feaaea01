import { z } from "zod";
import { logExportStates } from "@/drizzle/schema/log-export-states";
import { episodeId, int64Text } from "../../schema";
import { exportFormats } from "../request";

export type ExportState = (typeof logExportStates)[number];

/** What the file holds, as its trailer says it, and the hash of the whole file. */
export const exportResult = z.object({
  from: int64Text,
  through: z.string(),
  rows: int64Text,
  first: int64Text.nullable(),
  last: int64Text.nullable(),
  gapCount: z.number().int().nonnegative(),
  numbersInGaps: int64Text,
  /** The first hundred. */
  gaps: z.array(z.object({ from: int64Text, to: int64Text, reason: z.string() })),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ExportResult = z.infer<typeof exportResult>;

const moment = z.iso.datetime();

/** An export that a worker prepares, as its owner sees it. */
export const exportJob = z.object({
  id: z.uuid(),
  episodeId,
  state: z.enum(logExportStates),
  format: z.enum(exportFormats),
  /** The part of the episode and its query, as the URL of an export says it. */
  params: z.string(),
  createdAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  expectedRows: z.number().int().nonnegative(),
  expectedExact: z.boolean(),
  rowsWritten: z.number().int().nonnegative(),
  bytesWritten: z.number().int().nonnegative(),
  fileName: z.string(),
  sizeBytes: z.number().int().nonnegative().nullable(),
  result: exportResult.nullable(),
  error: z.string().nullable(),
  expiresAt: moment.nullable(),
});
export type ExportJob = z.infer<typeof exportJob>;

export const exportJobs = z.object({ exports: z.array(exportJob), asOf: moment });
export type ExportJobs = z.infer<typeof exportJobs>;

export const isUnfinished = ({ state }: Pick<ExportJob, "state">) =>
  state === "queued" || state === "running";

/** `exportId` is made when the form is drawn: sent twice, it is one export. */
export const startExportInput = z.object({
  exportId: z.uuid(),
  episodeId,
  params: z.string().max(8_000),
});
export type StartExportInput = z.infer<typeof startExportInput>;

export const exportInput = z.object({ exportId: z.uuid() });
export type ExportInput = z.infer<typeof exportInput>;

/** Exports that run at the same time in one workspace. */
export const mostRunning = 2;
/** Exports of one person that are not finished. */
export const mostUnfinished = 10;
export const fileHours = 24;
