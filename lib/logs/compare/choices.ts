import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type LogMetadata, logMetadata } from "@/lib/mongo/collections/log-episodes";
import { runTasks, type WorkflowRun, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { listEpisodes } from "../queries";
import { findRecord } from "../read/page";
import type { ComparedTask, ComparisonChoice, ComparisonChoices } from "./schema";
import { tasksOf } from "./tasks-of";

const patience = { maxTimeMS: 5_000 };
/** Runs of the workflow that are looked through for the same task. */
const mostRuns = 30;
const mostEpisodes = 20;

/** What an episode can be compared with. Null when there is no such episode. */
export async function listChoices(
  scope: WorkspaceScope,
  episodeId: string,
  search: string,
): Promise<ComparisonChoices | null> {
  const record = await findRecord(scope, episodeId);
  if (!record) return null;
  const task = (await tasksOf(scope, [record])).get(episodeId);
  const [same, found] = await Promise.all([
    task ? sameTaskElsewhere(scope, task) : { choices: [], suggested: null },
    findEpisodes(scope, episodeId, search),
  ]);
  return { sameTask: same.choices, suggested: same.suggested, episodes: found };
}

/** The same node in other runs of the workflow, where it wrote a log. */
async function sameTaskElsewhere(
  scope: WorkspaceScope,
  { nodeId, runId, workflowId }: ComparedTask,
): Promise<{ choices: ComparisonChoice[]; suggested: string | null }> {
  const store = scoped(scope);
  const runFields = { projection: { createdAt: 1, status: 1 }, ...patience };
  const latest = { createdAt: -1, _id: -1 } as const;
  const runs = store.collection(workflowRuns);
  const own = await runs.findOne({ _id: runId }, runFields);
  if (!own) return { choices: [], suggested: null };
  const ofWorkflow = { workflowDefinitionId: workflowId, _id: { $ne: runId } };
  const [recent, before, succeeded] = await Promise.all([
    runs.find(ofWorkflow, { ...runFields, sort: latest, limit: mostRuns }).toArray(),
    runs.findOne(
      { ...ofWorkflow, status: "succeeded", createdAt: { $lt: own.createdAt } },
      { ...runFields, sort: latest },
    ),
    runs.findOne({ ...ofWorkflow, status: "succeeded" }, { ...runFields, sort: latest }),
  ]);
  type Run = Pick<WorkflowRun, "_id" | "createdAt" | "status">;
  const candidates: Run[] = [...recent, before, succeeded].filter((run) => run !== null);
  const unique = [...new Map(candidates.map((run) => [run._id, run])).values()];
  const episodes = await logsOfNode(
    scope,
    nodeId,
    unique.map((run) => run._id),
  );
  const newestFirst = unique
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .flatMap((run) => episodes.get(run._id) ?? []);
  const choices = await asChoices(scope, newestFirst);
  const wanted = [before, succeeded].flatMap((run) => (run ? (episodes.get(run._id) ?? []) : []))[0];
  return { choices, suggested: wanted?.episodeId ?? choices[0]?.episodeId ?? null };
}

/** The log of one node in each of the runs, by run; where it was written and still is. */
async function logsOfNode(
  scope: WorkspaceScope,
  nodeId: string,
  runIds: string[],
): Promise<Map<string, LogMetadata>> {
  const tasks = await scoped(scope)
    .collection(runTasks)
    .find(
      { workflowRunId: { $in: runIds }, nodeId },
      { projection: { workflowRunId: 1, logRef: 1 }, sort: { _id: 1 }, ...patience },
    )
    .toArray();
  const records = await scoped(scope)
    .collection(logMetadata)
    .find({ episodeId: { $in: tasks.flatMap(({ logRef }) => logRef ?? []) } }, patience)
    .sort({ episodeId: 1 })
    .toArray();
  const byEpisode = new Map(records.map((record) => [record.episodeId, record]));
  return new Map(
    tasks.flatMap(({ workflowRunId, logRef }) => {
      const record = byEpisode.get(logRef ?? "");
      return record ? [[workflowRunId, record] as const] : [];
    }),
  );
}

async function findEpisodes(
  scope: WorkspaceScope,
  episodeId: string,
  search: string,
): Promise<ComparisonChoice[]> {
  const { episodes } = await listEpisodes(scope, { search });
  const others = episodes.filter((found) => found.episodeId !== episodeId).slice(0, mostEpisodes);
  const tasks = await tasksOf(scope, others);
  return others.map(({ episodeId: id, total, levels, lastAt }) => ({
    episodeId: id,
    rows: total,
    failing: levels.error + levels.fatal,
    lastAt,
    task: tasks.get(id) ?? null,
  }));
}

async function asChoices(scope: WorkspaceScope, records: LogMetadata[]): Promise<ComparisonChoice[]> {
  const tasks = await tasksOf(scope, records);
  return records.map(({ episodeId, totalLogs, levelCounts, lastLogAt }) => ({
    episodeId,
    rows: Number(totalLogs),
    failing: Number(levelCounts.error + levelCounts.fatal),
    lastAt: lastLogAt?.toISOString() ?? null,
    task: tasks.get(episodeId) ?? null,
  }));
}
