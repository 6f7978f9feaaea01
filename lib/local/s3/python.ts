import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { SystemUser } from "../documentdb/identity";
import { machineOf } from "../documentdb/layout";
import { EngineError } from "../documentdb/types";

const script = fileURLToPath(new URL("serve.py", import.meta.url));
const announcement = z.object({ port: z.int().positive() });

export interface PythonCommand {
  root: string;
  loader: string;
  args: string[];
}

/**
 * The unpacked Python with the packages' own dynamic loader and libraries, so that the machine's C library may be older. It
 * is told where its modules are, and the folder can be moved.
 */
export function pythonCommand(root: string, architecture: string): PythonCommand {
  const { triplet, loader } = machineOf(architecture);
  const programs = path.join(root, "usr/bin");
  const name = readdirSync(programs).find((file) => /^python3\.\d+$/.test(file));
  if (!name) throw new EngineError("provision", `There is no Python in ${programs}.`);
  const libraries = path.join(root, "usr/lib", triplet);
  const python = path.join(programs, name);
  return {
    root,
    loader: path.join(libraries, loader),
    args: ["--library-path", libraries, "--argv0", python, python, script],
  };
}

export type PythonProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts the server. Its standard input stays open as long as this process lives; that ends it. */
export function spawnPython(
  { root, loader, args }: PythonCommand,
  { compile, user }: { compile: boolean; user: SystemUser | null },
): PythonProcess {
  return spawn(loader, args, {
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      PYTHONHOME: path.join(root, "usr"),
      PYTHONPATH: path.join(root, "usr/lib/python3/dist-packages"),
      PYTHONNOUSERSITE: "1",
      // Empty is off, whatever the machine's own Python was told.
      PYTHONDONTWRITEBYTECODE: compile ? "" : "1",
      PYTHONPYCACHEPREFIX: "",
    },
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
}

/** What the server says when it listens; rejects with what it said instead. */
export async function firstLine(child: PythonProcess): Promise<{ port: number }> {
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  const ended = once(child, "close").then(([code]) => {
    throw new EngineError("start", `The S3 server did not start (status ${code}): ${complaint.trim()}`);
  });
  ended.catch(() => {});
  const [line] = await Promise.race([once(child.stdout, "data"), ended]);
  child.stdout.resume();
  return announcement.parse(JSON.parse(String(line)));
}
