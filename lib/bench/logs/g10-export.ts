import "server-only";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { env } from "@/lib/env";
import type { Bench, EpisodeData, Figure, Goal } from "../goal";
import { median, megabytesPerSecond, timed } from "../measure";
import { filesOf, shell } from "./archive-files";
import type { ExportResult, ExportTask } from "./export-process";

const runs = 3;
const root = join(import.meta.dirname, "../../..");

/** A whole export of an archived episode in a process of its own, against zcat over the same chunks. */
export const goal: Goal = {
  id: "G10",
  title: "export of an episode / zcat over the same files, and its memory",
  async run(bench) {
    const episode = await bench.episode("archived", bench.logs);
    const files = await filesOf(bench, episode);
    const proof = await shell('zcat "$@" | sha256sum', files, bench.signal);
    const times: Record<"zcat" | "jsonl" | "csv", number[]> = { zcat: [], jsonl: [], csv: [] };
    let peakBytes = 0;
    let idleBytes = 0;
    let bytes = 0;
    for (let run = 1; run <= runs; run++) {
      bench.note(`G10: run ${run} of ${runs}`);
      times.zcat.push((await timed(() => shell('zcat "$@" > /dev/null', files, bench.signal))).ms);
      for (const format of ["jsonl", "csv"] as const) {
        const result = await exportIn(bench, episode, `format=${format}`);
        times[format].push(result.ms);
        peakBytes = Math.max(peakBytes, result.peakBytes);
        idleBytes = Math.max(idleBytes, result.idleBytes);
        if (format === "jsonl") {
          bytes = result.bytes;
          expectSame(result, proof, episode);
        } else if (!result.trailer.includes(`rows=${episode.rows};`)) {
          throw new Error(`The CSV does not have ${episode.rows} rows: ${result.trailer}`);
        }
      }
    }
    const figure = (name: string, format: "jsonl" | "csv", atLeast: number): Figure => ({
      id: "G10",
      name,
      value: median(times.zcat) / median(times[format]),
      unit: "x",
      goal: { atLeast },
      ours: megabytesPerSecond(bytes, median(times[format])),
      baseline: megabytesPerSecond(bytes, median(times.zcat)),
    });
    return [
      figure("export of JSON lines", "jsonl", 0.8),
      figure("export of CSV", "csv", 0.4),
      {
        id: "G10",
        name: "memory of an export",
        value: peakBytes / 1e6,
        unit: "MB",
        goal: { atMost: 256 },
        ours: `${(peakBytes / 1e6).toFixed(0)} MB at most`,
        baseline: `${(idleBytes / 1e6).toFixed(0)} MB before it began`,
      },
    ];
  },
};

/** Every row, and the bytes that zcat gives: a fast export of something else would be no figure. */
function expectSame({ trailer }: ExportResult, proof: string, { rows }: EpisodeData): void {
  const said = JSON.parse(trailer);
  if (said.rows !== String(rows) || !proof.startsWith(said.sha256)) {
    throw new Error(`The export is not what zcat gives (${proof.trim()}): ${trailer}`);
  }
}

async function exportIn(
  { signal }: Bench,
  { scope, episodeId }: EpisodeData,
  parameters: string,
): Promise<ExportResult> {
  const { workspaceId: id, workspaceSlug: slug } = scope;
  const task: ExportTask = { workspace: { id, slug }, episodeId, parameters };
  const { MONGODB_URI, MONGODB_DATABASE, DATABASE_URL, OBJECT_STORE_DIR } = env();
  const file = join(import.meta.dirname, "export-process.ts");
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", file, JSON.stringify(task)],
    {
      cwd: root,
      signal,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, MONGODB_URI, MONGODB_DATABASE, DATABASE_URL, OBJECT_STORE_DIR },
    },
  );
  let output = "";
  child.stdout.on("data", (part) => {
    output += part;
  });
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`The exporting process ended with ${status}`);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}
