import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { ensureProject } from "@/lib/projects/mutations";
import { type CreationStep, createRuns } from "@/lib/runs/create";
import { ensureWorkflowVersion } from "@/lib/workflows/mutations";
import { applicationName, toGraph, toRun } from "./wfformat-documents";
import { readWfformatFile } from "./wfformat-file";

export interface WfformatImport {
  tasks: number;
  edges: number;
  runId: string;
  workflowId: string;
  workflowName: string;
  versionNumber: number;
  /** False when all of it was there already. */
  created: boolean;
}

const importsProject = {
  slug: "imports",
  name: "Imports",
  description: "Workflow runs read from files.",
};

/**
 * A WfFormat file becomes a workflow, a version of it, a finished run and its tasks. Nothing is written before the whole
 * file has been proved, and everything written has an id that follows from the file: importing it again, also after
 * having been killed half-way, adds only what is missing. Throws an AppError that names file and place.
 */
export async function importWfformatFile(
  scope: WorkspaceScope,
  path: string,
  { afterStep }: { afterStep?: (step: "version" | CreationStep) => Promise<void> } = {},
): Promise<WfformatImport> {
  const file = await readWfformatFile(path);
  const projectId = await ensureProject(scope, importsProject);
  const nodes = toGraph(file);
  const edges = nodes.reduce((sum, node) => sum + node.upstreamNodeIds.length, 0);
  const version = await ensureWorkflowVersion(scope, {
    projectId,
    name: applicationName(file.content.name),
    nodes,
    summary: { source: "wfformat", file: file.name, tasks: nodes.length, edges },
    createdBy: scope.userId ?? "import",
    createdAt: new Date(),
  });
  await afterStep?.("version");
  const { run, tasks } = toRun(file, { workspaceId: scope.workspaceId, projectId }, version);
  const completed = await createRuns(scope, [{ run, tasks }], afterStep);
  const { workflowDefinitionId: workflowId, workflowName, workflowVersionNumber: versionNumber } = run;
  return {
    tasks: tasks.length,
    edges,
    runId: run._id,
    workflowId,
    workflowName,
    versionNumber,
    created: completed > 0,
  };
}
