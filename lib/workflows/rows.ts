import { z } from "zod";
import type { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import type { DocumentOf } from "@/lib/mongo/define";
import type { VersionRow, WorkflowRow } from "./schema";

type Definition = DocumentOf<typeof workflowDefinitions>;
type Version = DocumentOf<typeof workflowDefinitionVersions>;

export function toWorkflowRow(workflow: Definition, projectNames: ReadonlyMap<string, string>): WorkflowRow {
  const { _id, name, slug, status, projectId, latestVersionNumber, publishedVersionNumber } = workflow;
  return {
    id: _id,
    name,
    slug,
    status,
    projectId,
    projectName: projectNames.get(projectId) ?? null,
    latestVersionNumber,
    publishedVersionNumber,
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
  };
}

/** What a version says about itself; imports and older versions say less. */
const versionSummary = z.object({
  note: z.string().nullable().catch(null),
  tasks: z.number().int().nullable().catch(null),
  edges: z.number().int().nullable().catch(null),
  changes: z
    .object({
      added: z.number().int(),
      removed: z.number().int(),
      changed: z.number().int(),
      edges: z.number().int(),
    })
    .nullable()
    .catch(null),
});

type VersionHead = Pick<Version, "_id" | "versionNumber" | "summary" | "createdBy" | "createdAt">;

export function toVersionRow(version: VersionHead, authors: ReadonlyMap<string, string>): VersionRow {
  const { note, tasks, edges, changes } = versionSummary.parse(version.summary);
  return {
    id: version._id,
    versionNumber: version.versionNumber,
    note,
    author: authors.get(version.createdBy) ?? authorWords[version.createdBy] ?? version.createdBy,
    createdAt: version.createdAt.toISOString(),
    tasks,
    edges,
    changes,
  };
}

/** Who it was when it was no person. */
const authorWords: Readonly<Record<string, string>> = {
  import: "an import",
  command: "a command",
  worker: "the worker",
  demo: "the demo",
};
