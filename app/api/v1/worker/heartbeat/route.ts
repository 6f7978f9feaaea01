import { heartbeatTask } from "@/lib/runs/advance";
import { readJson } from "@/lib/worker-api/read-json";
import { lostTask, workerRoute } from "@/lib/worker-api/route";
import { type HeartbeatAnswer, heldInput } from "@/lib/worker-api/schema";

/** A worker says that it is still at work, and hears whether it is still wanted. */
export const POST = workerRoute("heartbeat", async (scope, request): Promise<HeartbeatAnswer> => {
  const answer = await heartbeatTask(scope, await readJson(request, heldInput));
  if (answer === "lost") throw lostTask();
  return { answer };
});
