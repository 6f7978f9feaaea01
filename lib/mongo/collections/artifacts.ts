import { z } from "zod";
import { date } from "../bson-schema";
import { defineCollection } from "../define";
import { emboflowCollection } from "./emboflow-fields";

/** Large bytes never lie in a document: this names where they are and how to check them. */
const storageRef = z.object({
  bucket: z.string().nullable(),
  key: z.string(),
  uri: z.string().nullable(),
  checksum: z.string().nullable(),
  contentType: z.string().nullable(),
  sizeBytes: z.number(),
});

export const artifacts = defineCollection({
  ...emboflowCollection,
  name: "artifacts",
  retention: { kind: "forever" },
  schema: z.object({
    _id: z.string(),
    workspaceId: z.string(),
    projectId: z.string(),
    type: z.string(),
    producerType: z.enum(["run_task", "workflow_run", "import"]),
    producerId: z.string(),
    storageRef,
    previewable: z.boolean(),
    summary: z.record(z.string(), z.unknown()),
    lineage: z.record(z.string(), z.unknown()),
    createdBy: z.string(),
    createdAt: date(),
  }),
  indexes: [
    // what a task or run produced
    { name: "producerType_1_producerId_1", key: { producerType: 1, producerId: 1 } },
    // artifacts of a workspace, newest first
    { name: "workspaceId_1_createdAt_-1", key: { workspaceId: 1, createdAt: -1 } },
  ],
});
