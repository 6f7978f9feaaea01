import { inspect } from "node:util";
import { Failure } from "./failure";
import { projectRoot } from "./home";
import { Interrupted, listenForStop } from "./interrupt";
import { endHelpers } from "./process-table";

/** A command gives its exit status. It stops what it started before it returns, also when the signal aborts it. */
export type Command = (args: string[], signal: AbortSignal) => Promise<number>;

const commands: Record<string, () => Promise<{ run: Command }>> = {
  demo: () => import("./commands/demo"),
  dev: () => import("./commands/dev"),
  import: () => import("./commands/import"),
  replay: () => import("./commands/replay"),
  check: () => import("./commands/check"),
  test: () => import("./commands/test"),
  verify: () => import("./commands/verify"),
  e2e: () => import("./commands/e2e"),
  bench: () => import("./commands/bench"),
  faults: () => import("./commands/faults"),
  fuzz: () => import("./commands/fuzz"),
};

const [name = "", ...args] = process.argv.slice(2);
void execute(listenForStop()).then(async (status) => {
  await endHelpers();
  // Pools and timers of the modules that ran here must not keep a finished command alive.
  process.exit(status);
});

async function execute(signal: AbortSignal): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    console.error(
      `There is no command ${JSON.stringify(name)}. Commands: ${Object.keys(commands).join(", ")}.`,
    );
    return 1;
  }
  process.chdir(projectRoot);
  try {
    const { run } = await load();
    return await run(args, signal);
  } catch (error) {
    if (signal.reason instanceof Interrupted) return signal.reason.exitStatus;
    if (error instanceof Failure) console.error(`${error.message}\n  -> ${error.remedy}`);
    // The loader puts the whole module into each frame; the file behind it is what a reader needs.
    else console.error(inspect(error).replaceAll(/data:text\/javascript,\S*?filePath=/g, ""));
    return 1;
  }
}
