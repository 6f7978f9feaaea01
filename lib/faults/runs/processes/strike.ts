import "server-only";
import { workerPlatformScope } from "@/lib/auth/access";
import { runTasks } from "@/lib/mongo/collections/runs";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import { isPoint, type Point, points } from "./strike-points";

/*
 * Imported before a worker that knows nothing of faults: at a point of the engine the process dies or hangs.
 * STRATA_FAULT_STRIKE is "<point> <nth> kill|pause".
 */

/** What every collection of the driver inherits from. */
const collections: object = Object.getPrototypeOf(acrossWorkspaces(workerPlatformScope(), runTasks));

const [, named = "", nth = "1", how = "kill"] =
  /^(.*) (\d+) (kill|pause)$/.exec(process.env.STRATA_FAULT_STRIKE ?? "") ?? [];
if (isPoint(named)) watchFor(points[named]);

function watchFor({ side, method, collection, asks }: Point): void {
  const original: unknown = Reflect.get(collections, method);
  if (typeof original !== "function") throw new Error(`A collection has no ${method}`);
  let reached = 0;
  const strikes = (it: object, args: unknown[]) =>
    Reflect.get(it, "collectionName") === collection &&
    JSON.stringify(args, bigintsAsText).includes(`"${asks}"`);
  Reflect.set(collections, method, async function (this: object, ...args: unknown[]) {
    const meant = strikes(this, args);
    if (meant && side === "before" && ++reached === Number(nth)) await strike();
    const answer: unknown = await Reflect.apply(original, this, args);
    if (meant && side === "after" && changed(answer) && ++reached === Number(nth)) await strike();
    return answer;
  });
}

/** A signal to oneself may take effect a moment later; nothing may happen in between. */
async function strike(): Promise<void> {
  process.stdout.write(`struck: ${named}\n`);
  process.kill(process.pid, how === "kill" ? "SIGKILL" : "SIGSTOP");
  if (how === "kill") await new Promise(() => {});
}

function changed(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  return !("modifiedCount" in answer) || Number(answer.modifiedCount) > 0;
}

function bigintsAsText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
