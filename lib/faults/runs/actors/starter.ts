import "server-only";
import { startRun } from "@/lib/runs/start";
import { asking, type Cast } from "../cast";
import { rest } from "../interleave";

/**
 * Sends the form that starts the first run. One whose browser hears nothing sends it again under the same key, or goes home:
 * then there is no run, or one that nobody has to look after.
 */
export async function starter(cast: Cast, workflowId: string): Promise<void> {
  const request = { workflowId, inputBindings: [], idempotencyKey: "first" };
  await rest(cast.random.whole(1, 400));
  await asking(cast, async () => {
    const started = await startRun(cast.scope, request);
    if (!started.ok) cast.watch.violate("creation", `it was refused: ${started.message}`);
  });
  cast.starting = false;
}
