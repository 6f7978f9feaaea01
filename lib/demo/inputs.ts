import "server-only";
import type { WorkspaceScope } from "@/lib/auth/access";
import { assetProbeReports, assets } from "@/lib/mongo/collections/assets";
import { customNodes } from "@/lib/mongo/collections/custom-nodes";
import { datasets, datasetVersions } from "@/lib/mongo/collections/datasets";
import { insertedBesideDuplicates } from "@/lib/mongo/errors";
import { scoped } from "@/lib/mongo/scoped";
import { ensureProject } from "@/lib/projects/mutations";
import { demoCustomNodes } from "./custom-nodes";
import { type DemoAsset, type DemoDataset, demoAssets, demoDatasets, versionId } from "./inputs-data";
import { projectOf } from "./runs";

const dayMs = 86_400_000;
const createdBy = "demo";

/** Assets with what was found in them, datasets with their versions, and the nodes that projects made for themselves. */
export async function storeInputs(scope: WorkspaceScope, anchor: Date): Promise<void> {
  const projectIds = new Map<string, string>();
  for (const slug of ["genomics", "models", "platform"])
    projectIds.set(slug, await ensureProject(scope, projectOf(slug)));
  const projectId = (slug: string) => projectIds.get(slug) ?? "";
  const store = scoped(scope);
  const before = (days: number) => new Date(anchor.getTime() - days * dayMs);

  await once(() =>
    store.collection(assets).insertMany(
      demoAssets.map((asset, at) => {
        const madeAt = before(130 - at * 9);
        return {
          ...assetDocument(asset),
          projectId: projectId(asset.project),
          createdAt: madeAt,
          updatedAt: madeAt,
        };
      }),
      { ordered: false },
    ),
  );
  await once(() =>
    store.collection(assetProbeReports).insertMany(
      demoAssets
        .filter(({ pending }) => !pending)
        .map((asset, at) => ({ ...reportDocument(asset), createdAt: before(129.9 - at * 9) })),
      { ordered: false },
    ),
  );
  await once(() =>
    store.collection(datasetVersions).insertMany(
      demoDatasets.flatMap((dataset) =>
        versionDocuments(dataset, before).map((version) => ({
          ...version,
          projectId: projectId(dataset.project),
        })),
      ),
      { ordered: false },
    ),
  );
  await once(() =>
    store.collection(datasets).insertMany(
      demoDatasets.map((dataset) => ({
        _id: dataset.id,
        projectId: projectId(dataset.project),
        name: dataset.name,
        type: dataset.type,
        status: "active" as const,
        latestVersionId: versionId(dataset, dataset.versions.at(-1)?.[0] ?? ""),
        summary: { versions: dataset.versions.length },
        createdBy,
        createdAt: before(dataset.versions[0]?.[2] ?? 0),
        updatedAt: before(dataset.versions.at(-1)?.[2] ?? 0),
      })),
      { ordered: false },
    ),
  );
  await once(() =>
    store.collection(customNodes).insertMany(
      demoCustomNodes.map(({ project, ...node }) => ({
        ...node,
        projectId: projectId(project),
        createdBy,
        createdAt: before(70),
        updatedAt: before(18),
      })),
      { ordered: false },
    ),
  );
}

function assetDocument(asset: DemoAsset) {
  const sizeBytes = Math.round(asset.gigabytes * 1e9);
  return {
    _id: asset.id,
    type: asset.type,
    sourceType: asset.sourceType,
    displayName: asset.name,
    status: asset.pending ? ("pending" as const) : ("ready" as const),
    storageRef: {
      bucket: null,
      key: `demo/assets/${asset.name}/`,
      uri: null,
      checksum: null,
      contentType: null,
      sizeBytes,
    },
    sizeBytes,
    fileCount: asset.files,
    topLevelPaths: asset.paths,
    detectedFormats: asset.formats.map(([format]) => format),
    summary: asset.pending ? {} : { warnings: asset.warnings.length },
    createdBy,
  };
}

function reportDocument(asset: DemoAsset) {
  return {
    _id: `${asset.id}:1`,
    assetId: asset.id,
    reportVersion: 1,
    detectedFormatCandidates: asset.formats.map(([format, confidence]) => ({ format, confidence })),
    structureSummary: { files: asset.files, topLevel: asset.paths.length },
    warnings: asset.warnings,
    recommendedNextNodes: asset.nextNodes,
    rawReport: { tool: "demo-probe", looked: asset.files },
  };
}

function versionDocuments(dataset: DemoDataset, before: (days: number) => Date) {
  return dataset.versions.map(([versionTag, rows, daysAgo], at) => ({
    _id: versionId(dataset, versionTag),
    datasetId: dataset.id,
    sourceAssetId: dataset.assets[0] ?? null,
    assetIds: dataset.assets,
    parentVersionId: at === 0 ? null : versionId(dataset, dataset.versions[at - 1]?.[0] ?? ""),
    versionTag,
    canonicalSchemaVersion: dataset.schema,
    manifestRef: {
      bucket: null,
      key: `demo/datasets/${dataset.name}/${versionTag}/manifest.json`,
      uri: null,
      checksum: null,
      contentType: "application/json",
      sizeBytes: 900 + (rows % 4_000),
    },
    stats: { rows, added: rows - (dataset.versions[at - 1]?.[1] ?? 0) },
    summary: {},
    status: "ready" as const,
    createdBy,
    createdAt: before(daysAgo),
  }));
}

/** Ids follow from the demo's own names, so what an interrupted seed has written stays. */
async function once(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (insertedBesideDuplicates(error) === null) throw error;
  }
}
