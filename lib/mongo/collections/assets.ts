import { z } from "zod";
import { date, int32, number } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { emboflowCollection, storageRef } from "./emboflow-fields";

export const assetTypes = [
  "raw_file",
  "archive",
  "folder",
  "video_collection",
  "standard_dataset",
  "rosbag",
  "hdf5_dataset",
  "object_storage_prefix",
] as const;

/** What was uploaded or registered. File listings may be long, so they lie beside the bytes, never in here. */
export const assets = defineCollection({
  ...emboflowCollection,
  name: "assets",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    type: z.enum(assetTypes),
    sourceType: z.string(),
    displayName: z.string(),
    /** Runs take assets that are ready; a pending one has not been looked into, a failed one could not be read. */
    status: z.enum(["pending", "ready", "failed", "archived"]),
    storageRef,
    sizeBytes: number(),
    fileCount: number(),
    topLevelPaths: z.array(z.string()),
    detectedFormats: z.array(z.string()),
    summary: z.record(z.string(), z.unknown()),
    createdBy: z.string(),
    createdAt: date(),
    updatedAt: date(),
  }),
  indexes: [
    // assets of a workspace, newest first: the picker of a start form
    { name: "workspaceId_1_createdAt_-1__id_-1", key: { workspaceId: 1, createdAt: -1, _id: -1 } },
    // assets of one kind in a project, newest first
    { name: "projectId_1_type_1_createdAt_-1", key: { projectId: 1, type: 1, createdAt: -1 } },
  ],
});

/** What looking into an asset found; each look is a report of its own. */
export const assetProbeReports = defineCollection({
  ...emboflowCollection,
  name: "asset_probe_reports",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workspaceId: z.string(),
    assetId: z.string(),
    reportVersion: int32(),
    detectedFormatCandidates: z.array(z.object({ format: z.string(), confidence: number() })),
    structureSummary: z.record(z.string(), z.unknown()),
    warnings: z.array(
      z.object({
        severity: z.enum(["info", "warning", "error"]),
        message: z.string(),
        path: z.string().optional(),
      }),
    ),
    recommendedNextNodes: z.array(z.string()),
    rawReport: z.record(z.string(), z.unknown()),
    createdAt: date(),
  }),
  indexes: [
    // the reports of an asset; two probes cannot both make report n
    { name: "assetId_1_reportVersion_1", key: { assetId: 1, reportVersion: 1 }, unique: true },
  ],
});

export type Asset = DocumentOf<typeof assets>;
export type AssetProbeReport = DocumentOf<typeof assetProbeReports>;
