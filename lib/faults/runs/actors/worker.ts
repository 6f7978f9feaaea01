import "server-only";
import type { RunTask } from "@/lib/mongo/collections/runs";
import { type Completion, completeTask, type Held, heartbeatTask } from "@/lib/runs/advance";
import { aggregateRun } from "@/lib/runs/aggregate";
import { claimNext } from "@/lib/runs/claim";
import { Coalesced } from "@/lib/runs/coalesce";
import { settleAfter } from "@/lib/runs/settle";
import { acceptArtifacts, saveArtifact, toStored } from "@/lib/runs/work/artifacts";
import { successOf } from "@/lib/runs/work/finish";
import { giveBackTask } from "@/lib/runs/work/give-back";
import { artifactName, type Cast, executor } from "../cast";
import { rest } from "../interleave";

const slots = 2;
const spacingMs = 250;

/** A process that works on tasks until it is killed; its figures of a run wait for each other, as in the product. */
export async function worker(cast: Cast, name: string): Promise<void> {
  const figures = new Coalesced(spacingMs, (error) => cast.watch.fail(error));
  await Promise.all(Array.from({ length: slots }, () => slot(cast, name, figures)));
  await figures.idle();
}

async function slot(cast: Cast, workerId: string, figures: Coalesced): Promise<void> {
  const { scope, random, watch } = cast;
  while (!cast.over) {
    // Looks for work now and then, and when there is some.
    const task =
      watch.hasQueued || random.chance(0.1)
        ? await claimNext(scope, { executors: [executor], workerId })
        : null;
    if (task) await workOn(cast, task, figures);
    else await rest(random.whole(50, 300));
  }
}

type Told = "go_on" | "cancel" | "lost";

/** One task from its claim to what follows from its end. */
async function workOn(cast: Cast, task: RunTask, figures: Coalesced): Promise<void> {
  const { scope, random, watch } = cast;
  const held: Held = { taskId: task._id, fence: task.fence };
  const told = await beat(cast, held);
  // Most notice; one that does not must be able to do no harm.
  if (told === "lost" && random.chance(0.6)) return;
  // It is told to stop itself.
  if (told === "go_on" && random.chance(0.04)) return void (await giveBackTask(scope, held));
  const outcome = told === "cancel" ? "cancelled" : random.chance(0.75) ? "succeeded" : "failed";
  const end = endOf(task, outcome, random.chance(0.4) ? [await artifactOf(cast, task)] : []);
  const answer = await completeTask(scope, held, end);
  watch.told(held, answer);
  // The answer was lost on its way, so it says the same once more.
  if (random.chance(0.15)) watch.told(held, await completeTask(scope, held, end));
  if (answer === "fenced_out") return;
  await acceptArtifacts(scope, end.outputArtifactIds);
  // Long enough for a person to want the task again, and short enough for it to be under way then.
  if (random.chance(0.15)) await rest(random.whole(500, 6_000));
  await settleAfter(scope, task.workflowRunId, [task.nodeId], successOf(task, end, answer));
  figures.request(task.workflowRunId, () => aggregateRun(scope, task.workflowRunId));
}

/** Signs of life while it works. Some workers do not hear that they are to stop. */
async function beat({ scope, random, mayHang }: Cast, held: Held): Promise<Told> {
  const deaf = mayHang && random.chance(0.1);
  let told: Told = "go_on";
  for (let beats = random.whole(0, 3); beats > 0 || (deaf && told === "cancel"); beats--) {
    await rest(deaf ? 8_000 : random.whole(0, 200));
    told = await heartbeatTask(scope, held);
    if (told === "lost" || (told === "cancel" && !deaf)) break;
  }
  return told;
}

/** Also of one that has lost its task: what it leaves behind is never seen. */
function artifactOf({ scope }: Cast, task: RunTask): Promise<string> {
  const made = { type: "report", title: artifactName, json: { fence: task.fence } };
  return saveArtifact(scope, task, toStored(made));
}

function endOf({ fence }: RunTask, outcome: Completion["outcome"], outputArtifactIds: string[]): Completion {
  return {
    outcome,
    errorMessage: outcome === "failed" ? `it failed at ${fence}` : null,
    stdoutCount: fence,
    stderrCount: 1,
    outputArtifactIds,
    lastResultPreview: { fence },
  };
}
