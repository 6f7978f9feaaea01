import { chmodSync, existsSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const MAJOR = "18";

/** Debian architecture -> folder of its libraries and its dynamic loader. */
const architectures: Record<string, { triplet: string; loader: string }> = {
  amd64: { triplet: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { triplet: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
};

export const debianArchitectures: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "amd64",
  arm64: "arm64",
};

/** Names of this architecture's library folder and loader in Debian's packages. */
export function machineOf(architecture: string): { triplet: string; loader: string } {
  const machine = architectures[architecture];
  if (!machine) throw new Error(`no layout for ${architecture}`);
  return machine;
}

export type EngineLayout = ReturnType<typeof layoutOf>;

/** Where things are in the unpacked packages. */
export function layoutOf(root: string, architecture: string) {
  const machine = machineOf(architecture);
  const libraries = path.join(root, "usr/lib", machine.triplet);
  const binDir = path.join(root, "usr/lib/postgresql", MAJOR, "bin");
  const moduleDir = path.join(root, "usr/lib/postgresql", MAJOR, "lib");
  return {
    root,
    binDir,
    moduleDir,
    programs: ["postgres", "initdb"],
    realProgram: (program: string) => path.join(binDir, `.${program}.real`),
    extensionDir: path.join(root, "usr/share/postgresql", MAJOR, "extension"),
    loader: path.join(libraries, machine.loader),
    // DocumentDB's modules are linked with each other, so PostgreSQL's module folder is searched for libraries too.
    libraryPath: `${libraries}:${moduleDir}`,
    triplet: machine.triplet,
    loaderName: machine.loader,
  };
}

/**
 * Puts a script in the place of each program, which starts it with the packages' own loader and libraries, so that the
 * machine's C library may be older. PostgreSQL finds its files relative to argv[0]; so do the scripts, and the folder
 * can be moved.
 */
export function wrapPrograms(layout: EngineLayout): void {
  for (const program of layout.programs) {
    const wrapper = path.join(layout.binDir, program);
    const real = layout.realProgram(program);
    if (!existsSync(real)) renameSync(wrapper, real);
    const fromBin = path.relative(layout.root, layout.binDir);
    const library = `"$root/usr/lib/${layout.triplet}:$root/${path.relative(layout.root, layout.moduleDir)}"`;
    const script = [
      "#!/bin/sh",
      'bin=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P) || exit 1',
      `root=\${bin%/${fromBin}}`,
      `exec "$root/usr/lib/${layout.triplet}/${layout.loaderName}" --library-path ${library} \\`,
      `  --argv0 "$bin/${program}" "$bin/.${program}.real" "$@"`,
    ];
    writeFileSync(wrapper, `${script.join("\n")}\n`);
    chmodSync(wrapper, 0o755);
  }
}
