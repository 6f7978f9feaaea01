import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { FromChild, Outcome, Task, ToChild } from "./protocol";

const script = join(import.meta.dirname, "main.ts");
const nodeArguments = ["--conditions=react-server", "--import", "tsx"];

/** One process with one task. */
export class Child {
  private readonly seen: FromChild[] = [];
  private readonly waiting = new Set<() => void>();
  private output = "";
  private ended = false;

  constructor(private readonly process: ChildProcess) {
    process.on("message", (message: FromChild) => {
      this.seen.push(message);
      this.wake();
    });
    process.on("exit", () => {
      this.ended = true;
      this.wake();
    });
    process.on("error", () => this.wake());
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.output = (this.output + chunk).slice(-4_000);
      });
    }
  }

  start(task: Task): this {
    this.send({ type: "task", task });
    return this;
  }

  /** Resolves when the child has got to its stop. False when it ended before, or did not pass there. */
  async reached(): Promise<boolean> {
    await this.until(() => this.ended || this.seen.some(({ type }) => type !== "ready"));
    return this.seen.some(({ type }) => type === "at");
  }

  /** What came of the task; null when the child was killed. Throws what the task threw. */
  async outcome(): Promise<Outcome | null> {
    const over = () => this.seen.find(({ type }) => type === "done" || type === "failed");
    await this.until(() => this.ended || over() !== undefined);
    const last = over();
    if (last?.type === "done") return last.outcome;
    if (last?.type === "failed") throw new Error(`A child failed: ${last.message}`);
    if (this.process.signalCode === "SIGKILL") return null;
    throw new Error(`A child ended with ${this.process.exitCode ?? this.process.signalCode}: ${this.output}`);
  }

  /** Resolves when the process is gone. */
  async killed(): Promise<void> {
    await this.until(() => this.ended);
  }

  go(): void {
    this.send({ type: "go" });
  }

  continue(): void {
    this.process.kill("SIGCONT");
  }

  kill(): void {
    this.process.kill("SIGKILL");
  }

  private send(message: ToChild): void {
    // A child that is gone shows by its exit; the message to it need not.
    this.process.send(message, () => {});
  }

  private async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.waiting.add(resolve);
      });
    }
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

/** Children that wait for a task, so that a seed does not wait for them; from the first that was needed on. */
export class ChildPool {
  private readonly spare: Child[] = [];
  private readonly all = new Set<ChildProcess>();
  private readonly taken: Child[] = [];

  constructor(
    private readonly environment: Record<string, string>,
    private readonly spares: number,
  ) {}

  take(task: Task): Child {
    const child = this.spare.shift() ?? this.open();
    this.taken.push(child);
    this.refill();
    return child.start(task);
  }

  /** A child that may write no file larger than this: how a full disk shows (EFBIG). */
  takeLimited(task: Task, fileSizeBytes: number): Child {
    // The shell counts in blocks of 512 bytes.
    const limit = `ulimit -f ${Math.max(1, Math.floor(fileSizeBytes / 512))}; exec "$0" "$@"`;
    const command = ["-c", limit, process.execPath, ...nodeArguments, script];
    const child = this.adopt(
      spawn("sh", command, {
        env: this.env(),
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        serialization: "advanced",
      }),
    );
    this.taken.push(child);
    return child.start(task);
  }

  /** Ends what a seed has left: a task that was paused, or one that nobody waited for. */
  endTaken(): void {
    for (const child of this.taken.splice(0)) child.kill();
  }

  async close(): Promise<void> {
    const ends = [...this.all].map((child) => once(child, "exit"));
    for (const child of this.all) child.kill("SIGKILL");
    await Promise.all(ends);
  }

  private refill(): void {
    while (this.spare.length < this.spares) this.spare.push(this.open());
  }

  private open(): Child {
    return this.adopt(
      fork(script, [], {
        execArgv: nodeArguments,
        env: this.env(),
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        serialization: "advanced",
      }),
    );
  }

  private adopt(child: ChildProcess): Child {
    this.all.add(child);
    child.on("exit", () => this.all.delete(child));
    return new Child(child);
  }

  private env(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.environment };
  }
}
