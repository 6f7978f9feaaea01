import { claimForWorker } from "@/lib/worker-api/claim";
import { readJson } from "@/lib/worker-api/read-json";
import { workerRoute } from "@/lib/worker-api/route";
import { claimInput } from "@/lib/worker-api/schema";

/** A worker asks for its next task, and may wait for one. */
export const POST = workerRoute("claim", async (scope, request) =>
  claimForWorker(scope, await readJson(request, claimInput), request.signal),
);
