import type { Asset, AssetProbeReport } from "@/lib/mongo/collections/assets";

/** A file of an asset, as a listing gives it. */
export interface AssetFile {
  path: string;
  sizeBytes: number;
}

export type ProbedAsset = Pick<Asset, "type" | "displayName" | "topLevelPaths" | "detectedFormats">;
export type ProbeFinding = Pick<
  AssetProbeReport,
  "detectedFormatCandidates" | "structureSummary" | "warnings" | "recommendedNextNodes"
>;

const formatOf: Record<string, string> = {
  csv: "csv",
  tsv: "csv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
  arrow: "arrow",
  h5: "hdf5",
  hdf5: "hdf5",
  bag: "rosbag",
  mcap: "mcap",
  db3: "rosbag2",
  mp4: "video",
  mkv: "video",
  mov: "video",
  avi: "video",
  png: "image",
  jpg: "image",
  jpeg: "image",
  tiff: "image",
  zip: "archive",
  tar: "archive",
  tgz: "archive",
  gz: "archive",
  zst: "archive",
  npy: "numpy",
  npz: "numpy",
  txt: "text",
  md: "text",
};

/** What the type of an asset says by itself. */
const formatOfType: Partial<Record<Asset["type"], string>> = {
  archive: "archive",
  video_collection: "video",
  rosbag: "rosbag",
  hdf5_dataset: "hdf5",
};

const extensionsShown = 20;
const largest = 5;

/** What can be told of an asset from its name, its type and, where they could be listed, its files. */
export function judgeAsset(asset: ProbedAsset, files: readonly AssetFile[] | null): ProbeFinding {
  const paths = files?.map(({ path }) => path) ?? [...asset.topLevelPaths, asset.displayName];
  const counts = countBy(paths.map(extensionOf));
  const candidates = candidatesOf(asset, counts, paths.length);
  const warnings: ProbeFinding["warnings"] = [];
  if (files?.length === 0)
    warnings.push({ severity: "error", message: "No file lies where this asset points." });
  for (const { path, sizeBytes } of files ?? [])
    if (sizeBytes === 0 && warnings.length < 100)
      warnings.push({ severity: "warning", message: "The file is empty.", path });
  if (files === null)
    warnings.push({
      severity: "info",
      message: "The files lie where this console does not read; told from names alone.",
    });
  if (candidates.length === 0) warnings.push({ severity: "warning", message: "No known format was found." });
  return {
    detectedFormatCandidates: candidates,
    structureSummary: {
      files: files?.length ?? null,
      sizeBytes: files?.reduce((sum, file) => sum + file.sizeBytes, 0) ?? null,
      extensions: Object.fromEntries(
        [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, extensionsShown),
      ),
      largestFiles: (files ?? []).toSorted((a, b) => b.sizeBytes - a.sizeBytes).slice(0, largest),
    },
    warnings,
    recommendedNextNodes: candidates.length === 0 ? ["report"] : ["filter", "report"],
  };
}

/** By the share of files that speak for a format; the type of the asset speaks for its own. */
function candidatesOf({ type }: ProbedAsset, counts: Map<string, number>, total: number) {
  const votes = new Map<string, number>();
  for (const [extension, count] of counts) {
    const format = formatOf[extension];
    if (format) votes.set(format, (votes.get(format) ?? 0) + count / Math.max(1, total));
  }
  const own = formatOfType[type];
  if (own) votes.set(own, Math.max(votes.get(own) ?? 0, 0.5));
  return [...votes]
    .map(([format, share]) => ({ format, confidence: Math.round(share * 1000) / 1000 }))
    .sort((a, b) => b.confidence - a.confidence || (a.format < b.format ? -1 : 1));
}

function extensionOf(path: string): string {
  const name = path.split("/").at(-1) ?? "";
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

function countBy(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
