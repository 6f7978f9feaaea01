import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const script = fileURLToPath(new URL("testing-supervisor.ts", import.meta.url));
const service = z.object({ pid: z.int(), where: z.string(), reused: z.boolean() });

/** Commands in processes of their own, for tests that kill them. */
export class Supervisors {
  readonly #children: ChildProcess[] = [];

  constructor(
    private readonly args: string[],
    private readonly env: Record<string, string>,
  ) {}

  launch(): ChildProcess {
    const child = spawn(
      process.execPath,
      ["--conditions=react-server", "--import", "tsx", script, ...this.args],
      {
        env: { ...process.env, ...this.env },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    this.#children.push(child);
    return child;
  }

  /** Resolves when the command has its services, with the one that the test is about. */
  async start(): Promise<{ child: ChildProcess; service: z.infer<typeof service> }> {
    const child = this.launch();
    if (!child.stdout) throw new Error("no output to read");
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      if (line.startsWith("ready ")) {
        // Leaving the loop closes the reader; the stream must go on being drained.
        child.stdout.resume();
        return { child, service: service.parse(JSON.parse(line.slice("ready ".length))) };
      }
    }
    throw new Error(`the supervisor ended before it was ready:\n${said.join("\n")}`);
  }

  killAll(): void {
    for (const child of this.#children) child.kill("SIGKILL");
  }
}

export async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await ended(child);
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
