import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";

const worker = join(import.meta.dirname, "../worker/main.ts");
const clock = join(import.meta.dirname, "child/shifted-clock.ts");
const strike = join(import.meta.dirname, "runs/processes/strike.ts");

export interface WorkerOptions {
  clockShiftMs?: number;
  /** Where it is to die or to hang, as `strike.ts` reads it. */
  strikeAt?: string;
}

/** The product's worker as it is deployed, on the databases of this run. What it says is kept for who asks. */
export class WorkerProcess {
  said = "";
  readonly child: ChildProcess;

  constructor({ clockShiftMs = 0, strikeAt }: WorkerOptions = {}) {
    const before = [clock, ...(strikeAt ? [strike] : [])].flatMap((file) => ["--import", file]);
    this.child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", ...before, worker],
      {
        env: {
          ...process.env,
          STRATA_FAULT_CLOCK_MS: String(clockShiftMs),
          STRATA_FAULT_STRIKE: strikeAt ?? "",
        },
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

  get isGone(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  continue(): void {
    this.child.kill("SIGCONT");
  }
}
