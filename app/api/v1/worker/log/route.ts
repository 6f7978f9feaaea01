import { receiveTaskLog } from "@/lib/worker-api/log";
import { workerRoute } from "@/lib/worker-api/route";

/** Lines of a task's log. */
export const POST = workerRoute("log", receiveTaskLog);
