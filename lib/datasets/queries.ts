import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { type Asset, assets } from "@/lib/mongo/collections/assets";
import {
  type Dataset,
  type DatasetVersion,
  datasets,
  datasetVersions,
} from "@/lib/mongo/collections/datasets";
import { escapeRegex } from "@/lib/mongo/escape-regex";
import { scoped } from "@/lib/mongo/scoped";
import { assetsOfVersion, resolveBindings } from "./resolve";
import type { Choice, InputOption, InputOptions, ResolvedInputs } from "./schema";

const patience = { maxTimeMS: 5_000 };
/** Of each kind; a search narrows. */
const mostListed = 50;
const versionsOfEach = 20;

/** What a run can be bound to: datasets by latest change, then assets newest first, with a text in their name. */
export async function searchInputs(scope: WorkspaceScope, text: string): Promise<InputOptions> {
  const named = (field: string) =>
    text === "" ? {} : { [field]: { $regex: escapeRegex(text.slice(0, 120)), $options: "i" } };
  const store = scoped(scope);
  const [foundDatasets, foundAssets] = await Promise.all([
    store
      .collection(datasets)
      .find(
        { status: "active", ...named("name") },
        { sort: { updatedAt: -1 }, limit: mostListed + 1, ...patience },
      )
      .toArray(),
    store
      .collection(assets)
      .find(
        { status: { $ne: "archived" }, ...named("displayName") },
        { projection: assetFields, sort: { createdAt: -1, _id: -1 }, limit: mostListed + 1, ...patience },
      )
      .toArray(),
  ]);
  return {
    options: [
      ...(await datasetOptions(scope, foundDatasets.slice(0, mostListed))),
      ...foundAssets.slice(0, mostListed).map(assetOption),
    ],
    more: foundDatasets.length > mostListed || foundAssets.length > mostListed,
  };
}

/** The options behind choices that were made elsewhere: a link, an earlier run. What is not there is left out. */
export async function getInputOptions(
  scope: WorkspaceScope,
  chosen: readonly Choice[],
): Promise<InputOption[]> {
  const ids = (kind: Choice["kind"]) => chosen.filter((choice) => choice.kind === kind).map(({ id }) => id);
  const store = scoped(scope);
  const [foundDatasets, foundAssets] = await Promise.all([
    store
      .collection(datasets)
      .find({ _id: { $in: ids("dataset") } }, { sort: { _id: 1 }, ...patience })
      .toArray(),
    store
      .collection(assets)
      .find({ _id: { $in: ids("asset") } }, { projection: assetFields, sort: { _id: 1 }, ...patience })
      .toArray(),
  ]);
  return [...(await datasetOptions(scope, foundDatasets)), ...foundAssets.map(assetOption)];
}

/** What choices come down to, in figures: the same answer that starting a run with them gets. */
export async function resolveChoices(
  scope: WorkspaceScope,
  chosen: readonly Choice[],
): Promise<ResolvedInputs> {
  const resolved = await resolveBindings(scope, chosen);
  if (!resolved.ok) return { ok: false, message: resolved.message };
  const { assetIds, datasetIds, sizeBytes, fileCount } = resolved;
  return { ok: true, assets: assetIds.length, datasets: datasetIds.length, sizeBytes, fileCount };
}

const assetFields = { displayName: 1, type: 1, status: 1, sizeBytes: 1, fileCount: 1 } as const;

function assetOption(asset: Pick<Asset, "_id" | keyof typeof assetFields>): InputOption {
  return {
    kind: "asset",
    id: asset._id,
    name: asset.displayName,
    type: asset.type.replaceAll("_", " "),
    blocked: asset.status === "archived" ? "archived" : null,
    versions: [],
    assetCount: 1,
    sizeBytes: asset.sizeBytes,
    fileCount: asset.fileCount,
  };
}

async function datasetOptions(scope: WorkspaceScope, found: readonly Dataset[]): Promise<InputOption[]> {
  if (found.length === 0) return [];
  const versions = await scoped(scope)
    .collection(datasetVersions)
    .find(
      { datasetId: { $in: found.map(({ _id }) => _id) } },
      {
        projection: { datasetId: 1, versionTag: 1, status: 1, stats: 1, sourceAssetId: 1, assetIds: 1 },
        sort: { datasetId: 1, createdAt: -1 },
        limit: mostListed * versionsOfEach,
        ...patience,
      },
    )
    .toArray();
  const sizes = await assetSizes(scope, versions);
  return found.map((dataset) => {
    const isLatest = ({ _id }: { _id: string }) => Number(_id === dataset.latestVersionId);
    const own = versions
      .filter(({ datasetId }) => datasetId === dataset._id)
      // What a run gets unless another is named stands first, also among versions of one moment.
      .sort((a, b) => isLatest(b) - isLatest(a));
    const latest = own.find(({ _id }) => _id === dataset.latestVersionId);
    const its = latest ? assetsOfVersion(latest) : [];
    return {
      kind: "dataset",
      id: dataset._id,
      name: dataset.name,
      type: dataset.type,
      blocked: dataset.status === "archived" ? "archived" : latest ? null : "no version yet",
      versions: own.map(({ _id, versionTag, status, stats }) => ({
        id: _id,
        tag: versionTag,
        ready: status === "ready",
        rows: typeof stats.rows === "number" ? stats.rows : null,
      })),
      assetCount: its.length,
      sizeBytes: its.reduce((sum, id) => sum + (sizes.get(id)?.sizeBytes ?? 0), 0),
      fileCount: its.reduce((sum, id) => sum + (sizes.get(id)?.fileCount ?? 0), 0),
    };
  });
}

async function assetSizes(
  scope: WorkspaceScope,
  versions: readonly Pick<DatasetVersion, "assetIds" | "sourceAssetId">[],
) {
  const ids = [...new Set(versions.flatMap(assetsOfVersion))].slice(0, 2_000);
  const found = await scoped(scope)
    .collection(assets)
    .find(
      { _id: { $in: ids } },
      { projection: { sizeBytes: 1, fileCount: 1 }, sort: { _id: 1 }, ...patience },
    )
    .toArray();
  return new Map(found.map((asset) => [asset._id, asset]));
}
