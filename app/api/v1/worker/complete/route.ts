import { completeForWorker } from "@/lib/worker-api/complete";
import { readJson } from "@/lib/worker-api/read-json";
import { workerRoute } from "@/lib/worker-api/route";
import { completeInput } from "@/lib/worker-api/schema";

/** The end of a task. */
export const POST = workerRoute("complete", async (scope, request) =>
  completeForWorker(scope, await readJson(request, completeInput)),
);
