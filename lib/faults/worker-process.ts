import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const worker = join(import.meta.dirname, "../worker/main.ts");
const clock = join(import.meta.dirname, "child/shifted-clock.ts");

/** The product's worker as it is deployed, on the databases of this run. What it says is kept for who asks. */
export class WorkerProcess {
  said = "";
  readonly child: ChildProcess;

  constructor({ clockShiftMs = 0 }: { clockShiftMs?: number } = {}) {
    this.child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", "--import", clock, worker],
      {
        env: { ...process.env, STRATA_FAULT_CLOCK_MS: String(clockShiftMs) },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.said += chunk;
        this.child.emit("said");
      });
    }
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }
}
