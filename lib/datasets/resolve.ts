import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { assets } from "@/lib/mongo/collections/assets";
import { type DatasetVersion, datasets, datasetVersions } from "@/lib/mongo/collections/datasets";
import type { InputBinding } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";

export const maxBindings = 100;
export const maxBoundAssets = 5_000;
const patience = { maxTimeMS: 5_000 };

export interface ResolvedBindings {
  ok: true;
  /** As chosen, with the name and version that each choice meant at this moment. */
  bindings: InputBinding[];
  /** What tasks run on: datasets expanded, each asset once, in the order chosen. */
  assetIds: string[];
  datasetIds: string[];
  sizeBytes: number;
  fileCount: number;
}

export interface UnresolvedBindings {
  ok: false;
  code: "not_found" | "conflict" | "bad_input";
  message: string;
}

interface Choice {
  binding: InputBinding;
  assetIds: string[];
}

/**
 * The three layers of a run's input: what a person chose, the assets it comes down to, the datasets that took part. Says
 * what is wrong with the first choice that cannot be resolved; an id of another workspace answers like an unused one.
 */
export async function resolveBindings(
  scope: WorkspaceScope,
  chosen: readonly InputBinding[],
): Promise<ResolvedBindings | UnresolvedBindings> {
  if (chosen.length > maxBindings)
    return refused("bad_input", `A run takes at most ${maxBindings} inputs; these are ${chosen.length}.`);
  const wanted = withoutRepeats(chosen);
  const fromDatasets = await chooseDatasets(scope, wanted);
  if (!fromDatasets.ok) return fromDatasets;
  const assetIds = [
    ...new Set(
      wanted.flatMap(({ kind, id }) =>
        kind === "asset" ? [id] : (fromDatasets.choices.get(id)?.assetIds ?? []),
      ),
    ),
  ];
  if (assetIds.length > maxBoundAssets)
    return refused(
      "bad_input",
      `These inputs come down to ${assetIds.length} assets; a run takes at most ${maxBoundAssets}.`,
    );
  const found = await scoped(scope)
    .collection(assets)
    .find(
      { _id: { $in: assetIds } },
      { projection: { displayName: 1, status: 1, sizeBytes: 1, fileCount: 1 }, ...patience },
    )
    .sort({ _id: 1 })
    .toArray();
  const assetOf = new Map(found.map((asset) => [asset._id, asset]));
  for (const id of assetIds) {
    const asset = assetOf.get(id);
    if (!asset)
      return refused("not_found", `There is no asset ${id} in this workspace. Choose another input.`);
    if (asset.status === "archived")
      return refused(
        "conflict",
        `The asset ${asset.displayName} is archived. Restore it, or choose another input.`,
      );
  }
  return {
    ok: true,
    bindings: wanted.map((binding) =>
      binding.kind === "dataset"
        ? (fromDatasets.choices.get(binding.id)?.binding ?? binding)
        : { kind: "asset", id: binding.id, name: assetOf.get(binding.id)?.displayName ?? binding.id },
    ),
    assetIds,
    datasetIds: [...fromDatasets.choices.keys()],
    sizeBytes: found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fileCount: found.reduce((sum, { fileCount }) => sum + fileCount, 0),
  };
}

async function chooseDatasets(
  scope: WorkspaceScope,
  wanted: readonly InputBinding[],
): Promise<{ ok: true; choices: Map<string, Choice> } | UnresolvedBindings> {
  const choices = new Map<string, Choice>();
  const chosen = wanted.filter(({ kind }) => kind === "dataset");
  if (chosen.length === 0) return { ok: true, choices };
  const store = scoped(scope);
  const found = await store
    .collection(datasets)
    .find(
      { _id: { $in: chosen.map(({ id }) => id) } },
      { projection: { name: 1, status: 1, latestVersionId: 1 }, ...patience },
    )
    .sort({ _id: 1 })
    .toArray();
  const datasetOf = new Map(found.map((dataset) => [dataset._id, dataset]));
  const versionIds = chosen.flatMap(
    ({ id, versionId }) => versionId ?? datasetOf.get(id)?.latestVersionId ?? [],
  );
  const versions = await store
    .collection(datasetVersions)
    .find(
      { _id: { $in: versionIds } },
      { projection: { datasetId: 1, versionTag: 1, status: 1, sourceAssetId: 1, assetIds: 1 }, ...patience },
    )
    .sort({ _id: 1 })
    .toArray();
  const versionOf = new Map(versions.map((version) => [version._id, version]));
  for (const { id, versionId } of chosen) {
    const dataset = datasetOf.get(id);
    if (!dataset)
      return refused("not_found", `There is no dataset ${id} in this workspace. Choose another input.`);
    if (dataset.status === "archived")
      return refused("conflict", `The dataset ${dataset.name} is archived. Choose another input.`);
    const version = versionOf.get(versionId ?? dataset.latestVersionId ?? "");
    if (!version || version.datasetId !== id)
      return versionId
        ? refused(
            "not_found",
            `The dataset ${dataset.name} has no version ${versionId}. Choose another version.`,
          )
        : refused("conflict", `The dataset ${dataset.name} has no version yet. Choose another input.`);
    if (version.status !== "ready")
      return refused(
        "conflict",
        `Version ${version.versionTag} of ${dataset.name} is ${version.status === "building" ? "still being built" : "not usable: it failed"}. Choose another version.`,
      );
    choices.set(id, {
      binding: {
        kind: "dataset",
        id,
        versionId: version._id,
        versionTag: version.versionTag,
        name: dataset.name,
      },
      assetIds: assetsOfVersion(version),
    });
  }
  return { ok: true, choices };
}

/** The assets that a version stands for. */
export function assetsOfVersion({
  assetIds,
  sourceAssetId,
}: Pick<DatasetVersion, "assetIds" | "sourceAssetId">): string[] {
  return assetIds ?? (sourceAssetId === null ? [] : [sourceAssetId]);
}

/** The first choice of each asset and dataset: chosen twice is chosen once. */
function withoutRepeats(chosen: readonly InputBinding[]): InputBinding[] {
  const first = new Map<string, InputBinding>();
  for (const binding of chosen) {
    const key = `${binding.kind} ${binding.id}`;
    if (!first.has(key)) first.set(key, binding);
  }
  return [...first.values()];
}

function refused(code: UnresolvedBindings["code"], message: string): UnresolvedBindings {
  return { ok: false, code, message };
}
