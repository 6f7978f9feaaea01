import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { z } from "zod";
import { aptUnavailable, debianArchitecture, PrivateApt } from "./apt";
import { neededPackages, readPackages } from "./closure";
import { unreachable } from "./data-dir";
import { engineUser, reachableBy } from "./identity";
import { debianArchitectures, type EngineLayout, layoutOf, wrapPrograms } from "./layout";
import { postgisControl, unresolvedLibraries } from "./libraries";
import { run, withLock } from "./process";
import { EngineError, type EngineFiles, type ProvisionProgress } from "./types";
import { detailOf, removeFolder, unpackPackages } from "./unpack";

const ROOT_PACKAGE = "postgresql-18-documentdb";

/** Raised when a folder made by an earlier version of this code can no longer be used. */
const FORMAT = 1;
const MANIFEST = "manifest.json";
const PRUNED = ["doc", "man", "locale", "info", "lintian", "bug"].map((name) => `usr/share/${name}`);

/** What was fetched; its presence is the proof that the folder beside it is whole. */
const manifest = z.object({
  format: z.literal(FORMAT),
  architecture: z.string(),
  packages: z.array(z.object({ name: z.string(), version: z.string(), sha256: z.string() })),
});
type Manifest = z.infer<typeof manifest>;

type Report = (event: ProvisionProgress) => void;

/** Why this machine cannot run the document engine, or null when it can. */
export function unavailableReason(): string | null {
  if (process.platform !== "linux") return `the document engine needs Debian, this is ${process.platform}`;
  if (!debianArchitectures[process.arch]) return `Debian has no document engine for ${process.arch}`;
  const reason = aptUnavailable();
  if (reason) return `the document engine comes from Debian's packages, and on this machine ${reason}`;
  if (process.getuid?.() === 0 && !engineUser())
    return "PostgreSQL does not run as root, and there is no user nobody";
  return null;
}

/**
 * Fetches and unpacks the engine into `dir` from the machine's own Debian mirror; returns at once when it is there.
 * Needs no rights. May be killed at any point and started twice at once: everything is made aside, under a lock, and
 * renamed when it is whole.
 */
export async function provisionEngine(dir: string, onProgress: Report): Promise<EngineFiles> {
  const base = path.resolve(dir);
  const user = engineUser();
  mkdirSync(base, { recursive: true });
  if (user && !reachableBy(user.uid, base)) throw unreachable(user, base);
  const ready = provisioned(base);
  if (ready) return ready;
  const reason = unavailableReason();
  if (reason) throw new EngineError("unavailable", reason);
  return withLock(path.join(base, "lock"), async () => {
    const files = provisioned(base) ?? (await provision(base, onProgress));
    onProgress({ step: "ready", detail: files.version });
    return files;
  });
}

function provisioned(base: string): EngineFiles | null {
  const root = path.join(base, "root");
  const file = path.join(root, MANIFEST);
  const found = existsSync(file)
    ? manifest.safeParse(JSON.parse(readFileSync(file, "utf8"))).data
    : undefined;
  return found ? filesOf(root, found) : null;
}

function filesOf(root: string, { architecture, packages }: Manifest): EngineFiles {
  const version = packages.find(({ name }) => name === ROOT_PACKAGE)?.version ?? "";
  return { root, binDir: layoutOf(root, architecture).binDir, version };
}

async function provision(base: string, report: Report): Promise<EngineFiles> {
  const aptDir = path.join(base, "apt");
  const part = path.join(base, "part");
  const root = path.join(base, "root");
  removeFolder(part);
  const architecture = await debianArchitecture();
  const apt = await PrivateApt.open(aptDir);
  report({ step: "index", detail: "package index of Debian sid" });
  await apt.update((line) => report({ step: "index", detail: detailOf(line) }));
  report({ step: "resolve", detail: ROOT_PACKAGE });
  const all = readPackages(await apt.show(await apt.closureOf([ROOT_PACKAGE])));

  const needed = neededPackages(all, [ROOT_PACKAGE]);
  const layout = layoutOf(part, architecture);
  let packages = needed;
  await unpackPackages(apt, packages, layout.root, report);
  finishLayout(layout);
  let missing = await unresolvedLibraries(layout);
  if (missing.length > 0) {
    report({ step: "resolve", detail: `${missing[0]} is missing: taking all packages` });
    packages = [...all.values()];
    await unpackPackages(apt, packages, layout.root, report);
    finishLayout(layout);
    missing = await unresolvedLibraries(layout);
  }
  report({ step: "verify", detail: `libraries of ${packages.length} packages` });
  if (missing.length > 0) {
    throw new EngineError("provision", `Debian's packages do not fit together today: ${missing.join("; ")}`);
  }
  await proveItRuns(layout);

  const record = packages.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
  const made: Manifest = { format: FORMAT, architecture, packages: record };
  writeFileSync(path.join(part, MANIFEST), `${JSON.stringify(made, null, 1)}\n`);
  removeFolder(root);
  renameSync(part, root);
  removeFolder(aptDir);
  return filesOf(root, made);
}

function finishLayout(layout: EngineLayout): void {
  for (const folder of PRUNED) rmSync(path.join(layout.root, folder), { recursive: true, force: true });
  rmSync(path.join(layout.moduleDir, "bitcode"), { recursive: true, force: true });
  // The unprivileged user has to get in, whatever our umask is.
  chmodSync(layout.root, 0o755);
  const control = postgisControl(layout);
  const link = path.join(layout.extensionDir, "postgis.control");
  if (control && !existsSync(link)) symlinkSync(control, link);
  wrapPrograms(layout);
}

async function proveItRuns(layout: EngineLayout): Promise<void> {
  const { status, stdout, stderr } = await run(path.join(layout.binDir, "postgres"), ["--version"]);
  if (status !== 0)
    throw new EngineError("provision", `The unpacked PostgreSQL does not start: ${stdout}${stderr}`);
}
