import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { aptUnavailable, debianArchitecture, PrivateApt } from "../documentdb/apt";
import { readPackages } from "../documentdb/closure";
import { debianArchitectures } from "../documentdb/layout";
import { withLock } from "../documentdb/process";
import { EngineError, type ProvisionProgress } from "../documentdb/types";
import { detailOf, removeFolder, unpackPackages } from "../documentdb/unpack";
import { firstLine, pythonCommand, spawnPython } from "./python";

/** moto and what its HTTP server needs; apt adds everything below them. */
const ROOT_PACKAGES = ["python3-moto", "python3-flask", "python3-flask-cors", "python3"];

/** Raised when a folder made by an earlier version of this code can no longer be used. */
const FORMAT = 1;
const MANIFEST = "manifest.json";
const PRUNED = ["doc", "man", "locale", "info", "lintian", "bug"].map((name) => `usr/share/${name}`);

/** What was fetched; its presence is the proof that the folder beside it is whole. */
const manifest = z.object({ format: z.literal(FORMAT), packages: z.record(z.string(), z.string()) });

type Report = (event: ProvisionProgress) => void;

/** Why this machine cannot run the S3 server, or null when it can. */
export function s3ServerUnavailable(): string | null {
  if (process.platform !== "linux") return `the S3 server needs Debian, this is ${process.platform}`;
  if (!debianArchitectures[process.arch]) return `Debian has no S3 server for ${process.arch}`;
  const reason = aptUnavailable();
  return reason && `the S3 server comes from Debian's packages, and on this machine ${reason}`;
}

/**
 * Fetches and unpacks the S3 server into `dir` from the machine's own Debian mirror (37 MB); returns the folder at once when
 * it is there. Needs no rights. May be killed at any point and started twice at once: everything is made aside, under a lock,
 * and renamed when it has been seen running.
 */
export async function provisionS3Server(dir: string, report: Report = () => {}): Promise<string> {
  const base = path.resolve(dir);
  const root = path.join(base, "root");
  if (isWhole(root)) return root;
  const reason = s3ServerUnavailable();
  if (reason) throw new EngineError("unavailable", reason);
  mkdirSync(base, { recursive: true });
  return withLock(path.join(base, "lock"), async () => {
    if (!isWhole(root)) await provision(base, root, report);
    report({ step: "ready", detail: "S3 server" });
    return root;
  });
}

function isWhole(root: string): boolean {
  const file = path.join(root, MANIFEST);
  return existsSync(file) && manifest.safeParse(JSON.parse(readFileSync(file, "utf8"))).success;
}

async function provision(base: string, root: string, report: Report): Promise<void> {
  const aptDir = path.join(base, "apt");
  const part = path.join(base, "part");
  removeFolder(part);
  const apt = await PrivateApt.open(aptDir);
  report({ step: "index", detail: "package index of Debian sid" });
  await apt.update((line) => report({ step: "index", detail: detailOf(line) }));
  report({ step: "resolve", detail: ROOT_PACKAGES.join(", ") });
  const packages = [...readPackages(await apt.show(await apt.closureOf(ROOT_PACKAGES))).values()];
  await unpackPackages(apt, packages, part, report);
  for (const folder of PRUNED) rmSync(path.join(part, folder), { recursive: true, force: true });
  // An unprivileged user has to get in, whatever our umask is.
  chmodSync(part, 0o755);

  report({ step: "verify", detail: "the S3 server starts" });
  await proveItRuns(part);
  const made = {
    format: FORMAT,
    packages: Object.fromEntries(packages.map((one) => [one.name, one.version])),
  };
  writeFileSync(path.join(part, MANIFEST), `${JSON.stringify(made, null, 1)}\n`);
  removeFolder(root);
  renameSync(part, root);
  removeFolder(aptDir);
}

/** Starts it once, which also leaves the compiled modules beside their sources: later starts take a third of a second. */
async function proveItRuns(root: string): Promise<void> {
  const architecture = await debianArchitecture();
  const child = spawnPython(pythonCommand(root, architecture), { compile: true, user: null });
  try {
    const { port } = await firstLine(child);
    const answer = await fetch(`http://127.0.0.1:${port}/strata-proof`, { method: "PUT" });
    if (!answer.ok) throw new EngineError("provision", `The unpacked S3 server answers ${answer.status}.`);
  } finally {
    child.stdin.end();
    if (child.exitCode === null) await once(child, "exit");
  }
}
