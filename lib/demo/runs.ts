import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { ensureProject } from "@/lib/projects/mutations";
import { createRuns, type RunWithTasks } from "@/lib/runs/create";
import { derivedId } from "@/lib/workflows/fingerprint";
import { ensureWorkflowVersion, type WorkflowVersion } from "@/lib/workflows/mutations";
import { toRunDocuments } from "./run-documents";
import { planRun } from "./run-plan";
import { type ScheduledRun, scheduleRuns } from "./schedule";
import { demoSignIns } from "./sign-ins";
import { type DemoNode, type DemoWorkflow, graphOf, nodesOf } from "./workflow-graph";

const runsPerWrite = 40;
/** Tasks of the newest runs have a log; runs with more tasks than this are left out, so that the seed stays short. */
const newestWithLogs = 40;
const mostTasksWithLogs = 60;

/** What a workflow of the demo is in the store. */
export interface PlacedWorkflow {
  workflow: DemoWorkflow;
  nodes: DemoNode[];
  projectId: string;
  version: WorkflowVersion;
}

export const demoPeople: [string, ...string[]] = [
  "schedule",
  ...demoSignIns
    .filter(({ role }) => role === "editor" || role === "admin")
    .map(({ displayName }) => displayName),
];

export async function placeWorkflows(
  scope: WorkspaceScope,
  workflows: readonly DemoWorkflow[],
  createdAt: Date,
): Promise<PlacedWorkflow[]> {
  const placed: PlacedWorkflow[] = [];
  for (const workflow of workflows) {
    const projectId = await ensureProject(scope, projectOf(workflow.project));
    const nodes = nodesOf(workflow);
    const version = await ensureWorkflowVersion(scope, {
      projectId,
      name: workflow.name,
      nodes: graphOf(workflow),
      summary: { source: "demo", tasks: nodes.length },
      createdBy: "demo",
      createdAt,
    });
    placed.push({ workflow, nodes, projectId, version });
  }
  return placed;
}

/** The runs of a workspace's past as documents, oldest first. The same anchor gives the same runs. */
export function planPast(
  scope: WorkspaceScope,
  placed: PlacedWorkflow[],
  anchor: Date,
  limit = Number.POSITIVE_INFINITY,
): RunWithTasks[] {
  const placeOf = new Map(placed.map((place) => [place.workflow.name, place]));
  const scheduled = scheduleRuns(
    placed.map(({ workflow }) => workflow),
    anchor,
    demoPeople,
  ).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const chosen = scheduled.slice(-Math.min(limit, scheduled.length));
  const withLogs = new Set(newestSmall(chosen, placeOf));
  return chosen.flatMap((entry) => {
    const place = placeOf.get(entry.workflow.name);
    if (!place) return [];
    const lasted = anchor.getTime() - entry.createdAt.getTime();
    const plan = planRun(place.nodes, entry.outcome, lasted, entry.random);
    const identity = {
      ...place,
      runId: derivedId("run", scope.workspaceId, "demo", entry.workflow.name, String(entry.index)),
      workspaceId: scope.workspaceId,
      createdAt: entry.createdAt,
      triggeredBy: entry.triggeredBy,
    };
    return [toRunDocuments(identity, entry.outcome, plan, withLogs.has(entry))];
  });
}

export async function storePast(scope: WorkspaceScope, past: RunWithTasks[]): Promise<void> {
  for (let start = 0; start < past.length; start += runsPerWrite) {
    await createRuns(scope, past.slice(start, start + runsPerWrite));
  }
}

function newestSmall(scheduled: ScheduledRun[], placeOf: Map<string, PlacedWorkflow>): ScheduledRun[] {
  return scheduled
    .filter(({ workflow }) => (placeOf.get(workflow.name)?.nodes.length ?? 0) <= mostTasksWithLogs)
    .slice(-newestWithLogs);
}

export function projectOf(slug: string) {
  const name = slug.charAt(0).toUpperCase() + slug.slice(1);
  return { slug, name, description: `${name} workflows of the demo.` };
}
