import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { runTasks, workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { type WorkerOptions, WorkerProcess } from "../../worker-process";
import type { World } from "../../world";

const patienceMs = 90_000;
const lookMs = 50;

/** Worker processes of a seed; whatever is left of them ends with it. */
export class Fleet {
  private readonly all: WorkerProcess[] = [];

  constructor(private readonly world: World) {}

  start(options?: WorkerOptions): WorkerProcess {
    const worker = new WorkerProcess(options);
    this.all.push(worker);
    return worker;
  }

  close(): void {
    for (const worker of this.all) worker.kill();
  }

  /** Until it has died or hangs where it was told to. False when it never got there. */
  async struck(worker: WorkerProcess): Promise<boolean> {
    await this.until(() => worker.isGone || worker.said.includes("struck: "));
    return worker.said.includes("struck: ");
  }

  /**
   * The leases of one that holds still have run out: nobody renews them, so the half minute until then would pass without
   * anything else, and the seed need not sit through it. Tasks of workers that live are not touched.
   */
  async outlive({ child }: WorkerProcess): Promise<void> {
    const past = new Date(Date.now() - 60_000);
    await scoped(this.world.scope)
      .collection(runTasks)
      .updateMany(
        { status: "running", workerId: { $regex: `:${child.pid}:` } },
        { $set: { leaseExpiresAt: past } },
      );
    await this.rested();
  }

  /** The same for runs and operations at which nobody is any more. */
  async rested(): Promise<void> {
    const past = new Date(Date.now() - 60_000);
    const runs = scoped(this.world.scope).collection(workflowRuns);
    await runs.updateMany({}, { $set: { updatedAt: past } });
    await runs.updateMany({ control: { $ne: null } }, { $set: { "control.expiresAt": past } });
  }

  async until(holds: () => boolean | Promise<boolean>): Promise<boolean> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      // Without its database nobody can tell; it comes back.
      const held = await Promise.resolve(holds()).catch(() => false);
      if (held) return true;
      if (performance.now() > deadline) return false;
      await delay(lookMs);
    }
  }

  /** What the workers said, for whoever has to find out. */
  get said(): string {
    return this.all.map(({ child, said }) => `${child.pid}: ${said.slice(-600)}`).join("\n");
  }
}
