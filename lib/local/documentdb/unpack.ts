import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { PrivateApt } from "./apt";
import type { DebianPackage } from "./closure";
import { run } from "./process";
import { EngineError, type ProvisionProgress } from "./types";

type Report = (event: ProvisionProgress) => void;

/** Downloads packages and unpacks them, side by side, into one folder; no maintainer script runs. */
export async function unpackPackages(
  apt: PrivateApt,
  packages: DebianPackage[],
  root: string,
  report: Report,
): Promise<void> {
  const total = packages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const progress = (line: string) => {
    const percent = Number(line.split(":")[2] ?? 0);
    report({ step: "download", done: Math.round((total * percent) / 100), total, detail: detailOf(line) });
  };
  await apt.download(
    packages.map(({ name, version }) => `${name}=${version}`),
    progress,
  );
  const archives = archivesBySum(apt.archives);
  const waiting = [...packages];
  const unpackNext = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const archive = archives.get(next.sha256);
      if (!archive) throw new EngineError("provision", `apt did not deliver ${next.name} ${next.version}`);
      const { status, stderr } = await run("dpkg-deb", ["--extract", archive, root]);
      if (status !== 0)
        throw new EngineError("provision", `${next.name} could not be unpacked: ${stderr.trim()}`);
      report({
        step: "extract",
        done: packages.length - waiting.length,
        total: packages.length,
        detail: next.name,
      });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, unpackNext));
}

/** By checksum, because an interrupted run may have left files of another day. */
function archivesBySum(folder: string): Map<string, string> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".deb"));
  return new Map(
    files.map((name) => {
      const file = path.join(folder, name);
      return [createHash("sha256").update(readFileSync(file)).digest("hex"), file];
    }),
  );
}

/** Tries again while an unpacking that outlived a killed run still writes into the folder. */
export const removeFolder = (folder: string) =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

/** "dlstatus:3:41.5:Retrieving file 3 of 76" */
export const detailOf = (statusLine: string) => statusLine.split(":").slice(3).join(":");
