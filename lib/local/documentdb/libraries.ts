import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { EngineLayout } from "./layout";
import { run } from "./process";
import { EXTENSIONS, PRELOADED } from "./settings";

/** Loaded by PostgreSQL itself: the default language, initdb's text search dictionaries, the crash recovery helper. */
const ALWAYS_LOADED = ["plpgsql", "dict_snowball", "libpqwalreceiver"];

/** Libraries that no file below the engine's folder satisfies, as "file: library"; an empty list is the proof. */
export async function unresolvedLibraries(layout: EngineLayout): Promise<string[]> {
  const modules = [...PRELOADED, ...ALWAYS_LOADED, ...extensionModules(layout)];
  const files = [
    ...layout.programs.map((program) => layout.realProgram(program)),
    ...[...new Set(modules)].map((module) => path.join(layout.moduleDir, `${module}.so`)),
  ];
  const problems = await Promise.all(files.map((file) => unresolvedIn(layout, file)));
  return problems.flat();
}

/** The modules of the extensions we create and of those they require, as their control files name them. */
function extensionModules({ extensionDir }: EngineLayout): string[] {
  const modules: string[] = [];
  const seen = new Set<string>();
  const waiting = [...EXTENSIONS];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const file = path.join(extensionDir, `${name}.control`);
    if (seen.has(name) || !existsSync(file)) continue;
    seen.add(name);
    const control = readFileSync(file, "utf8");
    const setting = (key: string) => new RegExp(`^${key}\\s*=\\s*'([^']*)'`, "m").exec(control)?.[1] ?? "";
    const module = setting("module_pathname");
    if (module) modules.push(path.basename(module));
    waiting.push(
      ...setting("requires")
        .split(/[\s,]+/)
        .filter(Boolean),
    );
  }
  return modules;
}

/** Asks the packages' own loader, which also follows the libraries of libraries. */
async function unresolvedIn(layout: EngineLayout, file: string): Promise<string[]> {
  if (!existsSync(file)) return [`${path.basename(file)}: not in the packages`];
  const args = ["--inhibit-cache", "--library-path", layout.libraryPath, "--list", file];
  const { stdout, stderr, status } = await run(layout.loader, args, {
    env: { NODE_ENV: "development", LC_ALL: "C" },
  });
  if (status !== 0) return [`${path.basename(file)}: ${stderr.trim() || `loader status ${status}`}`];
  return stdout.split("\n").flatMap((line) => {
    const [, library, target = ""] = /^\s*(\S+) => (.*?)(?: \(0x[0-9a-f]+\))?$/.exec(line) ?? [];
    // The loader also looks in the machine's folders; a library found there may be gone or another one tomorrow.
    const own = !library || target.startsWith(`${layout.root}/`);
    return own ? [] : [`${path.basename(file)}: ${library} (${target})`];
  });
}

/** Files that packages leave to a maintainer script; postgis offers several versions of itself that way. */
export function postgisControl({ extensionDir }: EngineLayout): string | undefined {
  return readdirSync(extensionDir).find((name) => /^postgis-\d+\.control$/.test(name));
}
