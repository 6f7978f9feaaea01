import "server-only";
import { and, eq } from "drizzle-orm";
import { projects } from "@/drizzle/schema/projects";
import { audited } from "@/lib/archive/audit-outbox";
import type { WorkspaceScope } from "@/lib/auth/access";
import { isUuid } from "@/lib/auth/ids";
import { inScope } from "@/lib/db/in-scope";
import { workflowDefinitions, workflowDefinitionVersions } from "@/lib/mongo/collections/workflows";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { checkGraph } from "./check-graph";
import { customNodeIds } from "./custom-nodes";
import { derivedId, slugOf } from "./fingerprint";
import type { WorkflowGraphs } from "./graph-document";
import type { CreateWorkflowInput } from "./schema";
import { looksOf } from "./stored-graphs";
import {
  archivedWorkflow,
  authorOf,
  noSuchWorkflow,
  type RefusedWorkflow,
  readSoundGraph,
  versionDocument,
} from "./versions";

const resourceType = "workflow";

/** A workflow with its first version, as a draft: nothing runs before somebody publishes. */
export async function createWorkflow(scope: WorkspaceScope, input: CreateWorkflowInput) {
  if (!(await hasProject(scope, input.projectId)))
    return refusedField("projectId", "There is no such project in this workspace.");
  const sound = await readSoundGraph(scope, input.graph);
  if (!sound.ok) return sound;
  const { name, projectId, note } = input;
  return storeNew(scope, { name, projectId, note, action: "workflow.create" }, sound.graphs);
}

/** Another workflow that begins with the graph of one version of this one. */
export async function duplicateWorkflow(
  scope: WorkspaceScope,
  { workflowId, versionNumber, name }: { workflowId: string; versionNumber: number; name: string },
) {
  const version = await scoped(scope)
    .collection(workflowDefinitionVersions)
    .findOne({ workflowDefinitionId: workflowId, versionNumber });
  if (!version) return noSuchWorkflow;
  const note = `Begun from version ${versionNumber} of another workflow.`;
  return storeNew(
    scope,
    { name, projectId: version.projectId, note, action: "workflow.duplicate", from: workflowId },
    { nodes: version.runtimeGraph.nodes, looks: looksOf(version.visualGraph) },
  );
}

interface NewWorkflow {
  name: string;
  projectId: string;
  note: string;
  action: string;
  from?: string;
}

/** The id follows from project and slug, so a form that is sent twice makes one workflow; and a taken name is told as that. */
async function storeNew(
  scope: WorkspaceScope,
  { name, projectId, note, action, from }: NewWorkflow,
  graphs: WorkflowGraphs,
) {
  const slug = slugOf(name);
  const workflowId = derivedId("wf", scope.workspaceId, projectId, slug);
  const now = new Date();
  const version = versionDocument(
    scope,
    { workflowId, projectId, versionNumber: 1 },
    graphs,
    note ? { note } : {},
  );
  try {
    await audited(scope, async (tx) => {
      // First, because its id is what two of the same name fight for.
      await tx.collection(workflowDefinitions).insertOne({
        _id: workflowId,
        projectId,
        name,
        slug,
        status: "draft",
        latestVersionNumber: 1,
        publishedVersionNumber: null,
        createdBy: authorOf(scope),
        createdAt: now,
        updatedAt: now,
      });
      await tx.collection(workflowDefinitionVersions).insertOne(version);
      const after = { name, tasks: graphs.nodes.length, ...(from && { from }) };
      return { act: { action, resourceType, resourceId: workflowId, after }, result: true };
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return refusedField("name", "A workflow of this name is in that project already. Choose another name.");
  }
  return { ok: true, goTo: `/w/${scope.workspaceSlug}/workflows/${workflowId}`, workflowId } as const;
}

/** From now on a run that names no version runs this one. */
export async function publishVersion(
  scope: WorkspaceScope,
  { workflowId, versionNumber }: { workflowId: string; versionNumber: number },
) {
  const store = scoped(scope);
  const version = await store
    .collection(workflowDefinitionVersions)
    .findOne(
      { workflowDefinitionId: workflowId, versionNumber },
      { projection: { "runtimeGraph.nodes": 1 } },
    );
  if (!version) return noSuchWorkflow;
  const [problem] = checkGraph(version.runtimeGraph.nodes, { customNodes: await customNodeIds(scope) });
  if (problem)
    return refused(
      "conflict",
      `Version ${versionNumber} could not run: ${problem.message} ${problem.remedy}`,
    );
  const done = await change(scope, workflowId, "workflow.publish", ({ publishedVersionNumber, status }) =>
    status === "archived"
      ? null
      : {
          set: { publishedVersionNumber: versionNumber, status: "active" as const },
          before: { publishedVersionNumber },
          after: { publishedVersionNumber: versionNumber },
        },
  );
  return done ?? { ok: true, message: `Version ${versionNumber} is published.` };
}

/** Its id and address stay: what links to it finds it. */
export async function renameWorkflow(
  scope: WorkspaceScope,
  { workflowId, name }: { workflowId: string; name: string },
) {
  const done = await change(scope, workflowId, "workflow.rename", (present) =>
    present.status === "archived" ? null : { set: { name }, before: { name: present.name }, after: { name } },
  );
  return done ?? { ok: true, message: `The workflow is called ${name} now.` };
}

/** Takes it out of lists and keeps new runs from starting; its past and what runs stay as they are. */
export async function archiveWorkflow(scope: WorkspaceScope, { workflowId }: { workflowId: string }) {
  const done = await change(scope, workflowId, "workflow.archive", ({ status }) =>
    status === "archived"
      ? null
      : { set: { status: "archived" as const }, before: { status }, after: { status: "archived" } },
  );
  return done ?? { ok: true, message: "The workflow is archived. Its runs stay readable." };
}

export async function restoreWorkflow(scope: WorkspaceScope, { workflowId }: { workflowId: string }) {
  const done = await change(scope, workflowId, "workflow.restore", ({ status, publishedVersionNumber }) => {
    const back = publishedVersionNumber === null ? ("draft" as const) : ("active" as const);
    return status === "archived"
      ? { set: { status: back }, before: { status }, after: { status: back } }
      : null;
  });
  if (done?.code === "conflict") return refused("conflict", "This workflow is not archived.");
  return done ?? { ok: true, message: "The workflow is back." };
}

type Definition = typeof workflowDefinitions.schema._output;
interface Change {
  set: Partial<Pick<Definition, "name" | "status" | "publishedVersionNumber">>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** One change of a definition with its audit entry; null when it was done. `decide` refuses by null. */
async function change(
  scope: WorkspaceScope,
  workflowId: string,
  action: string,
  decide: (present: Definition) => Change | null,
): Promise<RefusedWorkflow | null> {
  const outcome = await audited<"done" | "refused">(scope, async (tx) => {
    const definitions = tx.collection(workflowDefinitions);
    const present = await definitions.findOne({ _id: workflowId });
    if (!present) return null;
    const decided = decide(present);
    if (!decided) throw new RefusedChange();
    await definitions.updateOne({ _id: workflowId }, { $set: { ...decided.set, updatedAt: new Date() } });
    const { before, after } = decided;
    return { act: { action, resourceType, resourceId: workflowId, before, after }, result: "done" };
  }).catch((error) => {
    if (error instanceof RefusedChange) return "refused" as const;
    throw error;
  });
  if (outcome === null) return noSuchWorkflow;
  return outcome === "refused" ? archivedWorkflow : null;
}

class RefusedChange extends Error {}

async function hasProject(scope: WorkspaceScope, projectId: string): Promise<boolean> {
  if (!isUuid(projectId)) return false;
  const found = await inScope(scope, (tx) =>
    tx
      .select({ id: projects.id })
      .from(projects)
      .where(and(eq(projects.id, projectId), eq(projects.workspaceId, scope.workspaceId)))
      .limit(1),
  );
  return found.length > 0;
}

function refused(code: RefusedWorkflow["code"], message: string): RefusedWorkflow {
  return { ok: false, code, message };
}

function refusedField(field: string, message: string): RefusedWorkflow {
  return { ok: false, code: "bad_input", message, fields: { [field]: message } };
}
