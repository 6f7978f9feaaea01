import { receiveArtifact } from "@/lib/worker-api/artifact";
import { workerRoute } from "@/lib/worker-api/route";

/** Bytes that a task made. */
export const POST = workerRoute("artifact", receiveArtifact);
