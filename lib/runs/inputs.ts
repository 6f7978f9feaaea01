import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { assets } from "@/lib/mongo/collections/assets";
import { datasetVersions } from "@/lib/mongo/collections/datasets";
import { workflowRuns } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import type { RunInputs } from "./inputs-schema";

const mostAssets = 500;
const patience = { maxTimeMS: 5_000 };

/**
 * The three layers of a run's input: what a person chose, the datasets among it in the version they had then, the assets it all
 * came down to. The run's own record decides (I8); only names and sizes are looked up. Null when there is no such run.
 */
export async function getRunInputs(scope: WorkspaceScope, runId: string): Promise<RunInputs | null> {
  const store = scoped(scope);
  const run = await store
    .collection(workflowRuns)
    .findOne({ _id: runId }, { projection: { inputBindings: 1, assetIds: 1 }, ...patience });
  if (!run) return null;
  const listed = run.assetIds.slice(0, mostAssets);
  const versionIds = run.inputBindings.flatMap(({ versionId }) => versionId ?? []);
  const [found, versions] = await Promise.all([
    store
      .collection(assets)
      .find(
        { _id: { $in: listed } },
        {
          projection: { displayName: 1, type: 1, detectedFormats: 1, sizeBytes: 1, fileCount: 1 },
          sort: { _id: 1 },
          ...patience,
        },
      )
      .toArray(),
    store
      .collection(datasetVersions)
      .find(
        { _id: { $in: versionIds } },
        { projection: { sourceAssetId: 1, assetIds: 1 }, sort: { _id: 1 }, ...patience },
      )
      .toArray(),
  ]);
  const assetOf = new Map(found.map((asset) => [asset._id, asset]));
  const versionOf = new Map(versions.map((version) => [version._id, version]));
  return {
    inputs: run.inputBindings.map(({ kind, id, name = null, versionId, versionTag = null }) => {
      const version = versionId === undefined ? undefined : versionOf.get(versionId);
      const made = version?.assetIds ?? (version?.sourceAssetId ? [version.sourceAssetId] : []);
      return { kind, id, name, versionTag, assetIds: kind === "asset" ? [id] : made };
    }),
    assets: listed.map((id) => {
      const asset = assetOf.get(id);
      return {
        id,
        name: asset?.displayName ?? null,
        type: asset?.type ?? null,
        formats: asset?.detectedFormats ?? [],
        sizeBytes: asset?.sizeBytes ?? null,
        fileCount: asset?.fileCount ?? null,
      };
    }),
    assetCount: run.assetIds.length,
  };
}
