import "server-only";
import { env } from "@/lib/env";
import { caseNamed } from "./cases/all";
import { ChildPool } from "./child/pool";
import type { FromLane, ToLane } from "./lane-protocol";
import { runSeed } from "./run-seed";
import type { EngineControl, Facilities, S3Place } from "./world";

/*
 * A process that runs one seed after the other. Lanes are processes because a seed chooses the store of its process, and
 * because what a seed leaves running ends with the lane's process group.
 */

const asked = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
let questions = 0;

/** The services belong to the command that started this lane, so that is who stops them. */
function ask(act: keyof EngineControl): Promise<void> {
  const id = questions++;
  return new Promise((resolve, reject) => {
    asked.set(id, { resolve, reject });
    tell({ type: "engine", id, act });
  });
}

const engine: EngineControl = { killEngine: () => ask("killEngine"), killBridge: () => ask("killBridge") };
const facilities: Facilities = {
  children: new ChildPool({}, 2),
  objects: objectsFolder(),
  s3: s3Place(),
  edition: process.env.STRATA_FAULT_EDITION ?? "",
  engine: process.env.STRATA_FAULT_ENGINE === "1" ? engine : null,
};

process.on("message", (message: ToLane) => {
  if (message.type === "seed") void run(message.seed, message.case);
  else answer(message);
});
// The command is gone; nothing of ours may outlive it, not even a child that is stopped.
process.on("disconnect", () => process.kill(-process.pid, "SIGKILL"));
tell({ type: "ready" });

async function run(seed: number, name: string): Promise<void> {
  tell({ type: "result", result: await runSeed(seed, caseNamed(name), facilities) });
}

function answer({ id, error }: Extract<ToLane, { type: "engine" }>): void {
  const waiting = asked.get(id);
  asked.delete(id);
  if (error === null) waiting?.resolve();
  else waiting?.reject(new Error(error));
}

function objectsFolder(): string {
  const folder = env().OBJECT_STORE_DIR;
  if (!folder) throw new Error("A lane needs OBJECT_STORE_DIR, the folder of its run");
  return folder;
}

function s3Place(): S3Place | null {
  const { STRATA_FAULT_S3: endpoint, STRATA_FAULT_BUCKET: bucket } = process.env;
  return endpoint && bucket ? { endpoint, bucket } : null;
}

function tell(message: FromLane): void {
  process.send?.(message);
}
