import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { projects } from "@/drizzle/schema/projects";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { isUuid } from "@/lib/auth/ids";
import { inScope } from "@/lib/db/in-scope";
import { decodeCursor, encodeCursor } from "@/lib/db/page";
import {
  type GraphNode,
  workflowDefinitions,
  workflowDefinitionVersions,
} from "@/lib/mongo/collections/workflows";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { scoped } from "@/lib/mongo/scoped";
import { figuresOf } from "./figures";
import type { NodeLook } from "./graph-document";
import { toVersionRow, toWorkflowRow } from "./rows";
import type { VersionRow, WorkflowFilters, WorkflowListRow, WorkflowPage, WorkflowRow } from "./schema";
import { looksOf } from "./stored-graphs";

const patience = { maxTimeMS: 5_000 };
const pageSize = 30;
const cursorParts = z.tuple([z.string().max(200), z.string().max(200)]);

/** Workflows by name, a page at a time, each with figures of its last runs. */
export async function listWorkflows(
  scope: WorkspaceScope,
  { text, projectId, status, cursor }: WorkflowFilters,
): Promise<WorkflowPage> {
  const asOf = new Date().toISOString();
  const after = decodeCursor(cursor, cursorParts);
  const found = await scoped(scope)
    .collection(workflowDefinitions)
    .find(
      {
        status: status ?? { $ne: "archived" },
        ...(projectId && { projectId }),
        ...(text && { name: { $regex: escapeRegex(text), $options: "i" } }),
        ...(after && { $or: [{ name: { $gt: after[0] } }, { name: after[0], _id: { $gt: after[1] } }] }),
      },
      { sort: { name: 1, _id: 1 }, limit: pageSize + 1, ...patience },
    )
    .toArray();
  const shown = found.slice(0, pageSize);
  const [names, figures] = await Promise.all([
    projectNames(
      scope,
      shown.map((workflow) => workflow.projectId),
    ),
    figuresOf(
      scope,
      shown.map(({ _id }) => _id),
    ),
  ]);
  const last = shown.at(-1);
  return {
    workflows: shown.map((workflow) => ({
      ...toWorkflowRow(workflow, names),
      figures: figures.get(workflow._id) ?? noFigures,
    })),
    next: found.length > pageSize && last ? encodeCursor([last.name, last._id]) : null,
    asOf,
  };
}

const noFigures = { last: [], ended: 0, succeeded: 0, bounded: false, durationP50Ms: null };

export async function getWorkflow(scope: WorkspaceScope, workflowId: string): Promise<WorkflowRow | null> {
  const found = await scoped(scope).collection(workflowDefinitions).findOne({ _id: workflowId }, patience);
  return found && toWorkflowRow(found, await projectNames(scope, [found.projectId]));
}

/** The same with the figures of its last runs. */
export async function getWorkflowWithFigures(
  scope: WorkspaceScope,
  workflowId: string,
): Promise<WorkflowListRow | null> {
  const [workflow, figures] = await Promise.all([
    getWorkflow(scope, workflowId),
    figuresOf(scope, [workflowId]),
  ]);
  return workflow && { ...workflow, figures: figures.get(workflowId) ?? noFigures };
}

/** More versions than a person walks through; older ones are reached by their number. */
const mostVersions = 200;

/** The versions of a workflow, newest first, without their graphs. */
export async function listVersions(scope: WorkspaceScope, workflowId: string): Promise<VersionRow[]> {
  const found = await scoped(scope)
    .collection(workflowDefinitionVersions)
    .find(
      { workflowDefinitionId: workflowId },
      {
        projection: { versionNumber: 1, summary: 1, createdBy: 1, createdAt: 1 },
        sort: { versionNumber: -1 },
        limit: mostVersions,
        ...patience,
      },
    )
    .toArray();
  const authors = await personNames(
    scope,
    found.map(({ createdBy }) => createdBy),
  );
  return found.map((version) => toVersionRow(version, authors));
}

export interface VersionGraph {
  id: string;
  versionNumber: number;
  nodes: GraphNode[];
  looks: NodeLook[];
}

/** One version with its graph. */
export async function getVersionGraph(
  scope: WorkspaceScope,
  workflowId: string,
  versionNumber: number,
): Promise<VersionGraph | null> {
  const found = await scoped(scope)
    .collection(workflowDefinitionVersions)
    .findOne(
      { workflowDefinitionId: workflowId, versionNumber },
      { projection: { versionNumber: 1, runtimeGraph: 1, visualGraph: 1 }, ...patience },
    );
  if (!found) return null;
  const { _id, runtimeGraph, visualGraph } = found;
  return { id: _id, versionNumber, nodes: runtimeGraph.nodes, looks: looksOf(visualGraph) };
}

/** The choices of the project filter and of a new workflow, by name. */
export function listProjects(scope: WorkspaceScope): Promise<{ id: string; name: string }[]> {
  return inScope(scope, (tx) =>
    tx
      .select({ id: projects.id, name: projects.name })
      .from(projects)
      .where(eq(projects.workspaceId, scope.workspaceId))
      .orderBy(projects.name)
      .limit(500),
  );
}

async function projectNames(scope: WorkspaceScope, ids: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter(isUuid))];
  if (wanted.length === 0) return new Map();
  const found = await inScope(scope, (tx) =>
    tx
      .select({ id: projects.id, name: projects.name })
      .from(projects)
      .where(and(inArray(projects.id, wanted), eq(projects.workspaceId, scope.workspaceId))),
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** Names of the people behind ids; what acted for nobody has none. */
async function personNames(scope: WorkspaceScope, ids: string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter(isUuid))];
  if (wanted.length === 0) return new Map();
  const found = await inScope(scope, (tx) =>
    tx.select({ id: users.id, name: users.displayName }).from(users).where(inArray(users.id, wanted)),
  );
  return new Map(found.map(({ id, name }) => [id, name]));
}
