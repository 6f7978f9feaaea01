import { releaseForWorker } from "@/lib/worker-api/complete";
import { readJson } from "@/lib/worker-api/read-json";
import { workerRoute } from "@/lib/worker-api/route";
import { heldInput } from "@/lib/worker-api/schema";

/** A worker gives a task back that it will not do. */
export const POST = workerRoute("release", async (scope, request) =>
  releaseForWorker(scope, await readJson(request, heldInput)),
);
