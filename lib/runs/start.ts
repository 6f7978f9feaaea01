import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { resolveBindings } from "@/lib/datasets/resolve";
import { type InputBinding, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import {
  type GraphNode,
  workflowDefinitions,
  workflowDefinitionVersions,
} from "@/lib/mongo/collections/workflows";
import { scoped } from "@/lib/mongo/scoped";
import { canonicalJson } from "@/lib/workflows/canonical-json";
import { checkGraph } from "@/lib/workflows/check-graph";
import { checkStart } from "@/lib/workflows/check-start";
import { derivedId } from "@/lib/workflows/fingerprint";
import type { GraphProblem } from "@/lib/workflows/graph-problem";
import type { Refused } from "./control/refusal";
import { type CreationStep, createRuns, releaseTasks } from "./create";
import { newRun } from "./new-run";

export interface StartRequest {
  workflowId: string;
  /** The published version when absent. */
  versionNumber?: number;
  inputBindings: InputBinding[];
  /** Made with the form: the same request sent twice makes one run. */
  idempotencyKey: string;
  /** A person's name, or what made the run: "schedule". Who asks, when absent. */
  triggeredBy?: string;
  /** Who asked, where the start is to go to the trail. */
  untold?: WorkflowRun["untold"];
  /** The run that this one repeats with other inputs. */
  retryOfRunId?: string;
}

export type Started = { ok: true; runId: string } | Refused;
export type OnCreation = (step: CreationStep) => Promise<void>;

/**
 * Makes a run of a version of a workflow. Everything is proved before anything is stored; then the run comes into being as
 * `create.ts` has it, so a process that dies on the way leaves nothing that is shown, or a whole run.
 */
export async function startRun(
  scope: WorkspaceScope,
  request: StartRequest,
  onStep?: OnCreation,
): Promise<Started> {
  const { workflowId, versionNumber, inputBindings, retryOfRunId = null } = request;
  const identity = { idempotencyKey: request.idempotencyKey, requestFingerprint: "" };
  identity.requestFingerprint = derivedId(
    "start",
    canonicalJson([workflowId, versionNumber ?? null, choicesOf(inputBindings), retryOfRunId]),
  );
  const earlier = await runOfRequest(scope, identity);
  if (earlier) return earlier;
  if (retryOfRunId !== null && !(await isRun(scope, retryOfRunId)))
    return notFound(`There is no run ${retryOfRunId} in this workspace to repeat.`);
  const source = await versionToRun(scope, workflowId, versionNumber);
  if (!source.ok) return source;
  return createFrom(scope, { ...source, ...request, inputBindings, retryOfRunId }, identity, onStep);
}

/** Where the graph of a new run comes from. */
export interface RunSource {
  projectId: string;
  workflowId: string;
  workflowName: string;
  versionId: string;
  versionNumber: number;
  nodes: GraphNode[];
}

export interface RequestIdentity {
  idempotencyKey: string;
  requestFingerprint: string;
}

interface Wish extends RunSource {
  inputBindings: InputBinding[];
  triggeredBy?: string;
  untold?: WorkflowRun["untold"];
  retryOfRunId: string | null;
}

/** The common end of every way to a new run. The name of the run says what it was made from, so two who make it make one. */
export async function createFrom(
  scope: WorkspaceScope,
  wish: Wish,
  request: RequestIdentity,
  onStep?: OnCreation,
): Promise<Started> {
  const inputs = await resolveBindings(scope, wish.inputBindings);
  if (!inputs.ok) return inputs;
  const problems = [...checkGraph(wish.nodes), ...checkStart(wish.nodes, inputs.assetIds)];
  if (problems.length > 0) return { ok: false, code: "bad_input", message: sentenceOf(problems) };
  const { bindings: inputBindings, assetIds, datasetIds } = inputs;
  const content = canonicalJson([wish.versionId, inputBindings, assetIds, request.requestFingerprint]);
  const runId = derivedId("run", scope.workspaceId, request.idempotencyKey, content);
  const made = newRun({
    ...wish,
    runId,
    inputBindings,
    assetIds,
    datasetIds,
    triggeredBy: wish.triggeredBy ?? scope.userId ?? scope.actor,
    request,
    createdAt: new Date(),
  });
  await createRuns(scope, [made], onStep);
  const stored = await runOfRequest(scope, request);
  if (!stored) throw new Error(`The run ${runId} was stored and is not there.`);
  return stored;
}

/** The run that this very request made before, or the refusal of another wish under the same key. */
export async function runOfRequest(
  scope: WorkspaceScope,
  { idempotencyKey, requestFingerprint }: RequestIdentity,
): Promise<Started | null> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ idempotencyKey }, { projection: { requestFingerprint: 1 } });
  if (!run) return null;
  if (run.requestFingerprint !== requestFingerprint)
    return {
      ok: false,
      code: "conflict",
      message: `The key ${idempotencyKey} has started the run ${run._id} with other settings. Send this request with a key of its own.`,
    };
  // Whoever made it may have been killed before its tasks were let go.
  await releaseTasks(scope, [run._id]);
  return { ok: true, runId: run._id };
}

/** What was chosen, without the names that only say how it was called then. */
export function choicesOf(bindings: readonly InputBinding[]) {
  return bindings.map(({ kind, id, versionId = null }) => [kind, id, versionId]);
}

async function versionToRun(
  scope: WorkspaceScope,
  workflowId: string,
  asked: number | undefined,
): Promise<({ ok: true } & RunSource) | Refused> {
  const store = scoped(scope);
  const workflow = await store.collection(workflowDefinitions).findOne({ _id: workflowId });
  if (!workflow) return notFound(`There is no workflow ${workflowId} in this workspace.`);
  const { name, status } = workflow;
  if (status === "archived")
    return conflict(`The workflow ${name} is archived. Restore it before it is run again.`);
  const versionNumber = asked ?? workflow.publishedVersionNumber;
  if (versionNumber === null)
    return conflict(`The workflow ${name} has no published version. Publish one, or choose a version.`);
  const version = await store
    .collection(workflowDefinitionVersions)
    .findOne({ workflowDefinitionId: workflowId, versionNumber }, { projection: { runtimeGraph: 1 } });
  if (!version) return notFound(`The workflow ${name} has no version ${versionNumber}.`);
  return {
    ok: true,
    projectId: workflow.projectId,
    workflowId,
    workflowName: name,
    versionId: version._id,
    versionNumber,
    nodes: version.runtimeGraph.nodes,
  };
}

async function isRun(scope: WorkspaceScope, runId: string): Promise<boolean> {
  const run = await scoped(scope)
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { _id: 1 } });
  return run !== null;
}

/** The first problem says what to do; the others are counted. */
function sentenceOf([first, ...others]: GraphProblem[]): string {
  const rest = others.length === 0 ? "" : ` ${others.length} more problems were found.`;
  return `${first?.message ?? ""} ${first?.remedy ?? ""}${rest}`;
}

const notFound = (message: string): Refused => ({ ok: false, code: "not_found", message });
const conflict = (message: string): Refused => ({ ok: false, code: "conflict", message });
