import { z } from "zod";
import { runStatuses } from "@/lib/runs/status";

export const workflowStatuses = ["active", "draft", "archived"] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

/** What the last runs of a workflow were like. Read from run documents, newest first, at most `figuresFrom` of them. */
export const workflowFigures = z.object({
  /** Newest last. */
  last: z.array(
    z.object({
      id: z.string(),
      status: z.enum(runStatuses),
      durationMs: z.number().nullable(),
      at: z.iso.datetime(),
    }),
  ),
  /** Of the last 30 days: runs that ended well or failed, and how many of them ended well. */
  ended: z.number().int(),
  succeeded: z.number().int(),
  /** There were more runs in the 30 days than were read. */
  bounded: z.boolean(),
  durationP50Ms: z.number().nullable(),
});
export type WorkflowFigures = z.infer<typeof workflowFigures>;

export const workflowRow = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  status: z.enum(workflowStatuses),
  projectId: z.string(),
  projectName: z.string().nullable(),
  latestVersionNumber: z.number().int(),
  publishedVersionNumber: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type WorkflowRow = z.infer<typeof workflowRow>;

export interface WorkflowListRow extends WorkflowRow {
  figures: WorkflowFigures;
}

export interface WorkflowFilters {
  text: string | null;
  projectId: string | null;
  /** Null: whatever is not archived. */
  status: WorkflowStatus | null;
  cursor: string | null;
}

export interface WorkflowPage {
  workflows: WorkflowListRow[];
  next: string | null;
  asOf: string;
}

/** A version in the rail: no graph. */
export const versionRow = z.object({
  id: z.string(),
  versionNumber: z.number().int(),
  note: z.string().nullable(),
  author: z.string(),
  createdAt: z.iso.datetime(),
  tasks: z.number().int().nullable(),
  edges: z.number().int().nullable(),
  /** Against the version before it. */
  changes: z
    .object({
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
      edges: z.number().int(),
    })
    .nullable(),
});
export type VersionRow = z.infer<typeof versionRow>;

const id = z.string().min(1).max(200);
export const workflowName = z
  .string()
  .trim()
  .min(1, "A workflow needs a name.")
  .max(120, "At most 120 characters.")
  .regex(/^[^\p{Cc}]*$/u, "A name has no line breaks.");
const note = z.string().trim().max(500, "At most 500 characters.").default("");
const graph = z.string().min(1, "There is no graph in this.");

export const createWorkflowInput = z.object({
  name: workflowName,
  projectId: z.string().max(100),
  graph,
  note,
});
export const saveVersionInput = z.object({
  workflowId: id,
  graph,
  note,
  /** The version that the editor began from: when there is a later one, saving is refused and nothing is lost. */
  expectedLatest: z.coerce.number().int().min(0),
  publish: z.stringbool({ truthy: ["on", "true"], falsy: ["false", ""] }).default(false),
});
export const publishVersionInput = z.object({
  workflowId: id,
  versionNumber: z.coerce.number().int().min(1),
});
export const renameWorkflowInput = z.object({ workflowId: id, name: workflowName });
export const workflowInput = z.object({ workflowId: id });
export const duplicateWorkflowInput = z.object({
  workflowId: id,
  versionNumber: z.coerce.number().int().min(1),
  name: workflowName,
});
export type CreateWorkflowInput = z.output<typeof createWorkflowInput>;
export type SaveVersionInput = z.output<typeof saveVersionInput>;
