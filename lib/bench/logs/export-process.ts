import { closeSync, openSync, writeSync } from "node:fs";
import { openExport } from "@/lib/logs/export/export";
import { exportRequestFrom } from "@/lib/logs/export/request";
import { memberScope } from "@/lib/testing/people";

/*
 * Exports an episode to nowhere in a process that does nothing else, so that its memory is the export's:
 *   node --conditions=react-server --import tsx lib/bench/logs/export-process.ts '{"workspace":{…},"episodeId":…,"parameters":…}'
 */

/** Nobody's access ends during a bench. */
const answer = {
  stillAllowed: async () => true,
  failureOf: (error: unknown): never => {
    throw error;
  },
};

export interface ExportTask {
  workspace: { id: string; slug: string };
  episodeId: string;
  parameters: string;
}

export interface ExportResult {
  ms: number;
  bytes: number;
  /** Most memory the process ever held, and what it held before the export. */
  peakBytes: number;
  idleBytes: number;
  /** The last line of the export. */
  trailer: string;
}

void run(JSON.parse(process.argv[2] ?? "{}"));

async function run({ workspace, episodeId, parameters }: ExportTask): Promise<void> {
  const scope = await memberScope("viewer", workspace);
  const idleBytes = process.memoryUsage.rss();
  const started = performance.now();
  const request = exportRequestFrom(new URLSearchParams(parameters));
  const opened = await openExport(scope, episodeId, request, { answer });
  if (!opened) throw new Error(`There is no episode ${episodeId}`);
  const nowhere = openSync("/dev/null", "w");
  let bytes = 0;
  let last: Buffer = Buffer.alloc(0);
  for await (const part of opened.bytes) {
    writeSync(nowhere, part);
    bytes += part.length;
    last = part;
  }
  const ms = performance.now() - started;
  closeSync(nowhere);
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const result: ExportResult = { ms, bytes, peakBytes, idleBytes, trailer: last.toString("utf8") };
  console.log(JSON.stringify(result));
  process.exit(0);
}
