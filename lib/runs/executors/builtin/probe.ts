import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { formatPlural } from "@/lib/format";
import { type Asset, assetProbeReports, assets } from "@/lib/mongo/collections/assets";
import { isDuplicateKey } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { assetPrefix } from "@/lib/objects/keys";
import { objectStore } from "@/lib/objects/store";
import type { Executor, TaskWork } from "../executor";
import { type AssetFile, judgeAsset, type ProbeFinding } from "./asset-formats";

const mostFiles = 10_000;
const versionTries = 20;

/** Looks into each asset and writes a report on it. Assets in which nothing was found are named; they do not fail the others. */
export const probeNode: Executor = {
  async run(work) {
    const { scope, task, signal, log, logRoom } = work;
    if (task.assetIds.length === 0)
      throw new Error("No asset is bound to this node: there is nothing to probe.");
    const formats = new Map<string, number>();
    let faulty = 0;
    for (const assetId of task.assetIds) {
      signal.throwIfAborted();
      await logRoom();
      const asset = await scoped(scope).collection(assets).findOne({ _id: assetId });
      if (!asset) {
        faulty++;
        log("stderr", `${assetId}: there is no such asset any more`, "error");
        continue;
      }
      const files = await filesOf(scope, asset);
      const finding = judgeAsset(asset, files);
      await storeReport(work, asset, finding, files);
      const [best] = finding.detectedFormatCandidates;
      if (best) formats.set(best.format, (formats.get(best.format) ?? 0) + 1);
      const failed = finding.warnings.some(({ severity }) => severity === "error");
      if (failed) faulty++;
      tell(work, asset, finding);
    }
    const preview = {
      probed: task.assetIds.length,
      faulty,
      formats: Object.fromEntries(formats),
    };
    log("stdout", `${formatPlural(task.assetIds.length, "asset")} probed, ${faulty} with errors`);
    if (faulty < task.assetIds.length) return { outcome: "succeeded", preview };
    return {
      outcome: "failed",
      errorMessage: "None of the assets could be read; the log names why.",
      preview,
    };
  },
};

/** Null when its files lie outside the console's own object store, or under a key that is not this workspace's. */
async function filesOf(scope: WorkspaceScope, { storageRef }: Asset): Promise<AssetFile[] | null> {
  if (storageRef.bucket !== null || !storageRef.key.startsWith(assetPrefix(scope.workspaceId))) return null;
  const files: AssetFile[] = [];
  for await (const { key, sizeBytes } of objectStore().list(storageRef.key)) {
    // The object itself, or what lies in the folder of that name: not a neighbour whose name begins alike.
    const rest = key.slice(storageRef.key.length);
    if (rest !== "" && !rest.startsWith("/") && !storageRef.key.endsWith("/")) continue;
    files.push({ path: rest.replace(/^\//, "") || (key.split("/").at(-1) ?? key), sizeBytes });
    if (files.length === mostFiles) break;
  }
  return files;
}

/** Under a number of its own, whoever else probes the asset now; a task that is done again writes a report again. */
async function storeReport(
  { scope, task }: TaskWork,
  asset: Asset,
  finding: ProbeFinding,
  files: AssetFile[] | null,
): Promise<void> {
  const reports = scoped(scope).collection(assetProbeReports);
  const _id = createHash("sha256")
    .update(`${task._id} ${task.fence} ${asset._id}`)
    .digest("hex")
    .slice(0, 32);
  for (let attempt = 0; attempt < versionTries; attempt++) {
    const last = await reports.findOne(
      { assetId: asset._id },
      { projection: { reportVersion: 1 }, sort: { reportVersion: -1 } },
    );
    try {
      await reports.insertOne({
        _id,
        assetId: asset._id,
        reportVersion: (last?.reportVersion ?? 0) + 1,
        ...finding,
        rawReport: { runId: task.workflowRunId, taskId: task._id, listed: files !== null },
        createdAt: new Date(),
      });
      return await noteOn(scope, asset, finding);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      if (await reports.findOne({ _id }, { projection: { _id: 1 } })) return;
    }
  }
  throw new Error(
    `Others wrote ${versionTries} reports on ${asset.displayName} while this one was to be written.`,
  );
}

/** The first look at an asset says what it is; a later one changes nothing that a person may have set right. */
async function noteOn(scope: WorkspaceScope, asset: Asset, finding: ProbeFinding): Promise<void> {
  const failed = finding.warnings.some(({ severity }) => severity === "error");
  await scoped(scope)
    .collection(assets)
    .updateOne(
      { _id: asset._id, status: "pending" },
      {
        $set: {
          status: failed ? "failed" : "ready",
          detectedFormats: finding.detectedFormatCandidates.map(({ format }) => format),
          updatedAt: new Date(),
        },
      },
    );
}

function tell({ log }: TaskWork, { displayName }: Asset, finding: ProbeFinding): void {
  const formats =
    finding.detectedFormatCandidates.map(({ format }) => format).join(", ") || "no known format";
  log("stdout", `${displayName}: ${formats}`);
  for (const { severity, message, path } of finding.warnings.filter(({ severity }) => severity !== "info")) {
    log(
      "stderr",
      `${displayName}${path ? ` ${path}` : ""}: ${message}`,
      severity === "error" ? "error" : "warn",
    );
  }
}
