import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import type { SeedResult } from "./fault-case";
import type { FromLane, ToLane } from "./lane-protocol";
import type { EngineControl, S3Place } from "./world";

export interface LaneOptions {
  /** The project whose sources the lane runs: this one, or a copy in which a guard is missing. */
  root: string;
  environment: Record<string, string>;
  /** Names that copy. */
  edition?: string;
  engine: EngineControl | null;
  s3: S3Place | null;
  /** What the lanes and their children say for themselves: the product's own remarks about what is done to it. */
  log: string;
  /** A seed that takes longer hangs, and that is a finding. */
  seedTimeoutMs: number;
}

/** A lane as the command sees it. One that dies or hangs costs the seeds it was at and is replaced. */
export class Lane {
  private process: ChildProcess | null = null;

  constructor(private readonly options: LaneOptions) {}

  /** May be asked for several seeds at once. */
  async run(seed: number, name: string): Promise<SeedResult> {
    this.process ??= this.open();
    const lane = this.process;
    const started = performance.now();
    const failed = (evidence: string): SeedResult => ({
      seed,
      case: name,
      parameters: {},
      violations: [{ invariant: "harness", evidence }],
      milliseconds: Math.round(performance.now() - started),
    });
    const result = await new Promise<SeedResult>((resolve) => {
      const { seedTimeoutMs } = this.options;
      const timer = setTimeout(
        () => resolve(failed(`The seed did not end within ${seedTimeoutMs / 1000} s.`)),
        seedTimeoutMs,
      );
      const onMessage = (message: FromLane) => {
        if (message.type !== "result") return;
        if (message.result.seed === seed && message.result.case === name) finish(message.result);
      };
      const onExit = () => finish(failed(`The lane ended with ${lane.exitCode ?? lane.signalCode}.`));
      const finish = (value: SeedResult) => {
        clearTimeout(timer);
        lane.off("message", onMessage).off("exit", onExit);
        resolve(value);
      };
      lane.on("message", onMessage).on("exit", onExit);
      lane.send({ type: "seed", seed, case: name } satisfies ToLane);
    });
    if (result.violations.some(({ invariant }) => invariant === "harness")) await this.close();
    return result;
  }

  /** Ends the lane and whatever it started, also what is stopped. */
  async close(): Promise<void> {
    const lane = this.process;
    this.process = null;
    if (!lane?.pid || lane.exitCode !== null || lane.signalCode !== null) return;
    const gone = once(lane, "exit");
    process.kill(-lane.pid, "SIGKILL");
    await gone;
  }

  private open(): ChildProcess {
    const { root, environment, engine, s3, edition } = this.options;
    const log = openSync(this.options.log, "a");
    const lends = {
      STRATA_FAULT_ENGINE: engine ? "1" : "",
      STRATA_FAULT_S3: s3?.endpoint ?? "",
      STRATA_FAULT_BUCKET: s3?.bucket ?? "",
      STRATA_FAULT_EDITION: edition ?? "",
    };
    const lane = fork(path.join(root, "lib/faults/lane.ts"), [], {
      cwd: root,
      execArgv: ["--conditions=react-server", "--import", "tsx"],
      env: { ...process.env, ...environment, ...lends },
      // A group of its own: Ctrl-C reaches the command, which then ends the whole group.
      detached: true,
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    // As many listen as seeds are under way.
    lane.setMaxListeners(0);
    lane.on("message", (message: FromLane) => {
      if (message.type !== "engine" || !engine) return;
      const answer = (error: string | null) =>
        lane.send({ type: "engine", id: message.id, error } satisfies ToLane, () => {});
      engine[message.act]().then(
        () => answer(null),
        (error: unknown) => answer(String(error)),
      );
    });
    return lane;
  }
}
