import { archiveEpisode } from "@/lib/archive/archiver";
import { scopeForWorker, workerPlatformScope } from "@/lib/auth/access";
import { claimExport } from "@/lib/logs/export/jobs/claim";
import { runExport } from "@/lib/logs/export/jobs/run";
import { ingestBatch } from "@/lib/logs/ingest";
import type { Fault } from "./fault-process";
import { upkeep } from "./fault-upkeep";
import { logLines, parsedLines } from "./logs";

/** Ends this process the way a power cut does: no handler runs, no connection is closed. */
function dieAt(point: string) {
  return async (reached: string) => {
    if (reached !== point) return;
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  };
}

async function main(): Promise<void> {
  const fault: Fault = JSON.parse(process.argv[2] ?? "");
  const scope = await scopeForWorker(fault.workspaceId);
  if (!scope) throw new Error("There is no such workspace");
  const { episodeId } = fault;
  if (fault.kind === "ingest") {
    const batch = {
      episodeId,
      batchId: fault.batchId,
      entries: parsedLines(logLines(fault.rows)),
      final: true,
    };
    await ingestBatch(scope, batch, dieAt(fault.at));
  } else if (fault.kind === "upkeep") {
    await upkeep[fault.operation](scope, episodeId, dieAt(fault.at));
  } else if (fault.kind === "export") {
    const claim = await claimExport(workerPlatformScope());
    if (!claim) throw new Error("There is no export to do");
    const { partBytes, at } = fault;
    const die = dieAt(at);
    await runExport(scope, claim, {
      partBytes,
      stillAllowed: async () => true,
      signal: new AbortController().signal,
      onPart: (parts) => die(`part ${parts}`),
    });
  } else {
    const { everything, ttlMs } = fault;
    await archiveEpisode(scope, episodeId, {
      trigger: "on_demand",
      everything,
      ttlMs,
      onPoint: dieAt(fault.at),
    });
  }
  throw new Error(`The point ${fault.at} was never reached`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
