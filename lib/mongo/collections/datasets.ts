import { z } from "zod";
import { date } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { emboflowCollection, storageRef } from "./emboflow-fields";

export const datasets = defineCollection({
  ...emboflowCollection,
  name: "datasets",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    name: z.string(),
    type: z.string(),
    status: z.enum(["active", "archived"]),
    latestVersionId: z.string().nullable(),
    summary: z.record(z.string(), z.unknown()),
    createdBy: z.string(),
    createdAt: date(),
    updatedAt: date(),
  }),
  indexes: [
    // one dataset per name in a project
    { name: "projectId_1_name_1", key: { projectId: 1, name: 1 }, unique: true },
    // datasets of a workspace by latest change: the picker of a start form
    { name: "workspaceId_1_updatedAt_-1", key: { workspaceId: 1, updatedAt: -1 } },
  ],
});

/** A snapshot of a dataset. Immutable: a correction is the next version, with this one as its parent. */
export const datasetVersions = defineCollection({
  ...emboflowCollection,
  name: "dataset_versions",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    datasetId: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    sourceAssetId: z.string().nullable(),
    /** All assets it was made from, when there are several; `sourceAssetId` is the first of them. */
    assetIds: z.array(z.string()).optional(),
    parentVersionId: z.string().nullable(),
    versionTag: z.string(),
    canonicalSchemaVersion: z.string(),
    manifestRef: storageRef.nullable(),
    stats: z.record(z.string(), z.unknown()),
    summary: z.record(z.string(), z.unknown()),
    status: z.enum(["building", "ready", "failed"]),
    createdBy: z.string(),
    createdAt: date(),
  }),
  indexes: [
    // the versions of a dataset, newest first
    { name: "datasetId_1_createdAt_-1", key: { datasetId: 1, createdAt: -1 } },
    // a tag names one version
    { name: "datasetId_1_versionTag_1", key: { datasetId: 1, versionTag: 1 }, unique: true },
  ],
});

export type Dataset = DocumentOf<typeof datasets>;
export type DatasetVersion = DocumentOf<typeof datasetVersions>;
