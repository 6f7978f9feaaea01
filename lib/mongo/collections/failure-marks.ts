import { z } from "zod";
import { date } from "../bson-schema";
import { type DocumentOf, defineCollection } from "../define";

/** What people decided about a failure: it is resolved until it happens again, or ignored until somebody says otherwise. */
export const failureMarks = defineCollection({
  source: "strata",
  writeConcern: { w: "majority" },
  readPreference: "primary",
  name: "failure_marks",
  retention: { kind: "forever" },
  schema: z.object({
    /** `<workspace>:<subject>:<key>`: one decision at a time about one thing. */
    _id: z.string(),
    workspaceId: z.string(),
    /** A lineage of runs, by its first run; or a group of errors, by its fingerprint. */
    subject: z.enum(["lineage", "error"]),
    key: z.string(),
    decision: z.enum(["resolved", "ignored"]),
    reason: z.string(),
    decidedBy: z.string(),
    decidedAt: date(),
  }),
  indexes: [
    // the decisions of a workspace about one kind of thing
    { name: "workspaceId_1_subject_1_key_1", key: { workspaceId: 1, subject: 1, key: 1 }, unique: true },
  ],
});

export type FailureMark = DocumentOf<typeof failureMarks>;
