import "server-only";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { env } from "@/lib/env";
import { formatBytes } from "@/lib/format";
import { configOf } from "../config";
import type { Executor, TaskWork } from "../executor";
import { knownValues } from "../known-values";
import { fillText } from "../template";
import { LineSplitter } from "./lines";
import { keepOutputs, outputFolder, resultOf } from "./outputs";
import { type ProcessEnd, runInGroup } from "./process-group";
import { type ProcessSettings, processSettings } from "./settings";

const megabyte = 1024 * 1024;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

const config = z.object({
  command: z.string().min(1),
  /** Handed over one by one, without a shell; `{{…}}` is filled in. */
  args: z.array(z.string().max(32_000)).max(1_000).default([]),
  env: z.record(z.string().regex(variableName), z.string().max(32_000)).default({}),
  /** A program that writes more is ended. */
  maxOutputBytes: z
    .number()
    .int()
    .positive()
    .max(1024 * megabyte)
    .default(64 * megabyte),
});

/** Runs a program on the machine of the worker, in a directory of its own that is gone afterwards. */
export function processExecutor(allowed: () => ProcessSettings | null): Executor {
  return {
    async run(work) {
      const settings = allowed();
      if (!settings) throw new Error("This worker runs no commands; its operator has not allowed them.");
      const { command, args, env: variables, maxOutputBytes } = configOf(work.task, config);
      const file = settings.programs.get(command);
      if (!file) throw new Error(`${command} is not among the commands that this worker may run.`);
      refuseVariables(Object.keys(variables), settings);
      const known = await knownValues(work);
      const filled = args.map((arg) => fillText(arg, known));
      await mkdir(settings.directory, { recursive: true });
      const cwd = await mkdtemp(join(settings.directory, "task-"));
      try {
        await mkdir(join(cwd, outputFolder));
        const taskFile = join(cwd, "task.json");
        await writeFile(taskFile, JSON.stringify({ ...known, config: work.task.executorConfig }));
        const own = { PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C.UTF-8", HOME: cwd, TMPDIR: cwd };
        const plan = { file, args: filled, cwd, env: { ...own, ...variables, STRATA_TASK_FILE: taskFile } };
        work.log("system", `Running ${command} with ${filled.length} arguments`);
        const output = new Output(work, maxOutputBytes);
        const end = await runInGroup(plan, {
          signal: work.signal,
          onOutput: (stream, bytes) => output.take(stream, bytes),
        });
        output.end();
        return await outcomeOf(work, cwd, end, output.lastError);
      } finally {
        await rm(cwd, { recursive: true, force: true });
      }
    },
  };
}

export const process = processExecutor(() => processSettings(env()));

async function outcomeOf(work: TaskWork, cwd: string, end: ProcessEnd, lastError: string) {
  const artifacts = await keepOutputs(work, cwd);
  const preview = {
    exitStatus: end.status,
    ...(artifacts.length > 0 && { artifacts }),
    ...(await resultOf(work, cwd)),
  };
  if (end.status === 0) return { outcome: "succeeded" as const, preview };
  const how = end.signal ? `was ended by ${end.signal}` : `ended with status ${end.status}`;
  const errorMessage = `The command ${how}.${lastError === "" ? "" : ` Its last words: ${lastError}`}`;
  return { outcome: "failed" as const, errorMessage, preview };
}

/** Some variables change what a program loads before it begins; a workflow sets only those that are known to be harmless. */
function refuseVariables(names: string[], { variables }: ProcessSettings): void {
  const refused = names.filter((name) => !name.startsWith("INPUT_") && !variables.has(name));
  if (refused.length === 0) return;
  throw new Error(
    `executorConfig.env: ${refused.join(", ")} may not be set. Use names that begin with INPUT_, or ask the operator of the worker.`,
  );
}

/** What a program writes, line by line into the log of its task. */
class Output {
  lastError = "";
  private bytes = 0;
  private readonly lines: Record<"stdout" | "stderr", LineSplitter>;

  constructor(
    private readonly work: TaskWork,
    private readonly maxBytes: number,
  ) {
    this.lines = {
      stdout: new LineSplitter((line) => work.log("stdout", line)),
      stderr: new LineSplitter((line) => {
        work.log("stderr", line);
        if (line.trim() !== "") this.lastError = line.slice(0, 500);
      }),
    };
  }

  async take(stream: "stdout" | "stderr", bytes: Buffer): Promise<void> {
    this.bytes += bytes.length;
    if (this.bytes > this.maxBytes)
      throw new Error(
        `The command wrote more than ${formatBytes(this.maxBytes)} (maxOutputBytes) and was ended.`,
      );
    this.lines[stream].push(bytes);
    await this.work.logRoom();
  }

  end(): void {
    this.lines.stdout.end();
    this.lines.stderr.end();
  }
}
