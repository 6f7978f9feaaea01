import { z } from "zod";
import { date, int32 } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";
import { emboflowCollection, storageRef } from "./emboflow-fields";

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
    /** Until the completion that names it is accepted: made under this delivery of the task, and seen by nobody. */
    unaccepted: z.object({ fence: int32(), since: date() }).optional(),
  }),
  indexes: [
    // what a task or run produced
    { name: "producerType_1_producerId_1", key: { producerType: 1, producerId: 1 } },
    // artifacts of a workspace, newest first
    { name: "workspaceId_1_createdAt_-1", key: { workspaceId: 1, createdAt: -1 } },
    // what workers that were fenced out left, oldest first
    { name: "unaccepted.since_1", key: { "unaccepted.since": 1 } },
  ],
});

export type Artifact = DocumentOf<typeof artifacts>;
