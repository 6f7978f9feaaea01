import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { formatBytes } from "@/lib/format";
import { mostArtifactBytes } from "../../work/artifacts";
import { mostPreviewBytes } from "../../work/preview";
import type { TaskWork } from "../executor";

export const outputFolder = "artifacts";
export const resultFile = "result.json";
const mostFiles = 100;

const contentTypes: Record<string, string> = {
  csv: "text/csv; charset=utf-8",
  html: "text/html; charset=utf-8",
  json: "application/json",
  jsonl: "application/x-ndjson",
  log: "text/plain; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  png: "image/png",
  jpg: "image/jpeg",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
};

/** What a program left in the folder for its outputs becomes artifacts, each under the name of its file. */
export async function keepOutputs({ task, artifact, log }: TaskWork, directory: string): Promise<string[]> {
  const root = join(directory, outputFolder);
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
  if (files.length > mostFiles)
    log("stderr", `Only the first ${mostFiles} of ${files.length} files in ${outputFolder}/ are kept`);
  const kept: string[] = [];
  for (const name of files.slice(0, mostFiles)) {
    const path = join(root, name);
    // A link leads out of the directory; a program must not make the worker read for it what it may not.
    if ((await realpath(path)) !== join(await realpath(root), name)) continue;
    const { size } = await stat(path);
    if (size > mostArtifactBytes) {
      log(
        "stderr",
        `${name} is not kept: ${formatBytes(size)}, and ${formatBytes(mostArtifactBytes)} are the most`,
        "error",
      );
      continue;
    }
    const contentType =
      contentTypes[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
    const type = task.artifactType ?? "intermediate task output";
    await artifact({ type, title: name, name, body: await readFile(path), contentType });
    kept.push(name);
  }
  return kept;
}

/** The program's own words about its result, if it wrote any. */
export async function resultOf({ log }: TaskWork, directory: string): Promise<Record<string, unknown>> {
  const path = join(directory, resultFile);
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (size === 0) return {};
  if (size > mostPreviewBytes) {
    log("stderr", `${resultFile} is longer than ${formatBytes(mostPreviewBytes)} and is left out`);
    return {};
  }
  try {
    const result: unknown = JSON.parse(await readFile(path, "utf8"));
    return { result };
  } catch {
    log("stderr", `${resultFile} is no JSON and is left out`);
    return {};
  }
}
