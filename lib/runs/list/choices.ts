import "server-only";
import { asc, eq } from "drizzle-orm";
import { memberships } from "@/drizzle/schema/memberships";
import { projects } from "@/drizzle/schema/projects";
import { users } from "@/drizzle/schema/users";
import type { WorkspaceScope } from "@/lib/auth/access";
import { inScope } from "@/lib/db/in-scope";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { workflowDefinitions } from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";

/** What the filter menus offer. Others may be typed where a list cannot be whole. */
export interface FilterChoices {
  workflows: { id: string; name: string; versions: number }[];
  projects: { id: string; name: string }[];
  /** Of the newest runs. */
  triggers: string[];
  inputs: { kind: "asset" | "dataset"; id: string }[];
  /** Names of members by id: a run that a person started names them by their id. */
  people: Record<string, string>;
}

const patience = { maxTimeMS: 5_000 };
const mostWorkflows = 500;
/** Runs whose triggers and inputs are offered. */
const runsLookedAt = 300;

export async function listFilterChoices(scope: WorkspaceScope): Promise<FilterChoices> {
  const [workflows, projectRows, runs, people] = await Promise.all([
    scoped(scope)
      .collection(workflowDefinitions)
      .find(
        {},
        {
          projection: { name: 1, latestVersionNumber: 1 },
          sort: { updatedAt: -1 },
          limit: mostWorkflows,
          ...patience,
        },
      )
      .toArray(),
    inScope(scope, (tx) =>
      tx
        .select({ id: projects.id, name: projects.name })
        .from(projects)
        .where(eq(projects.workspaceId, scope.workspaceId))
        .orderBy(asc(projects.name))
        .limit(mostWorkflows),
    ),
    scoped(scope)
      .collection(workflowRuns)
      .find(
        {},
        {
          projection: { triggeredBy: 1, inputBindings: 1 },
          sort: { createdAt: -1, _id: -1 },
          limit: runsLookedAt,
          ...patience,
        },
      )
      .toArray(),
    listPeople(scope),
  ]);
  const inputs = new Map(runs.flatMap((run) => run.inputBindings.map((input) => [input.id, input] as const)));
  return {
    workflows: workflows
      .map(({ _id, name, latestVersionNumber }) => ({ id: _id, name, versions: latestVersionNumber }))
      .sort((a, b) => a.name.localeCompare(b.name, "en") || (a.id < b.id ? -1 : 1)),
    projects: projectRows,
    triggers: [...new Set(runs.map((run) => run.triggeredBy))].sort(),
    inputs: [...inputs.values()].map(({ kind, id }) => ({ kind, id })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    people,
  };
}

export async function listPeople(scope: WorkspaceScope): Promise<Record<string, string>> {
  const rows = await inScope(scope, (tx) =>
    tx
      .select({ id: users.id, name: users.displayName })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(eq(memberships.workspaceId, scope.workspaceId))
      .limit(1_000),
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
