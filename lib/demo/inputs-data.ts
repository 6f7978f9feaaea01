import type { assetTypes } from "@/lib/mongo/collections/assets";

export interface DemoAsset {
  id: string;
  name: string;
  type: (typeof assetTypes)[number];
  sourceType: string;
  project: string;
  gigabytes: number;
  files: number;
  paths: string[];
  formats: [format: string, confidence: number][];
  warnings: { severity: "info" | "warning" | "error"; message: string; path?: string }[];
  nextNodes: string[];
  /** Not looked into yet. */
  pending?: true;
}

/** What the demo's workflows read: of our own invention, like everything here. */
export const demoAssets: readonly DemoAsset[] = [
  {
    id: "asset-grasp-bags",
    name: "grasp-bags-2026-10",
    type: "rosbag",
    sourceType: "upload",
    project: "models",
    gigabytes: 184.2,
    files: 412,
    paths: ["arm-left/", "arm-right/", "calibration/", "README.md"],
    formats: [
      ["rosbag2 (mcap)", 0.98],
      ["rosbag2 (sqlite3)", 0.12],
    ],
    warnings: [
      { severity: "warning", message: "3 bags end before their last index", path: "arm-left/0218.mcap" },
      { severity: "info", message: "Clocks of the two arms differ by 41 ms" },
    ],
    nextNodes: ["probe", "sync-clocks"],
  },
  {
    id: "asset-grasp-video",
    name: "grasp-overhead-video",
    type: "video_collection",
    sourceType: "upload",
    project: "models",
    gigabytes: 96.4,
    files: 206,
    paths: ["overhead/", "wrist/"],
    formats: [["H.264 in MP4", 1]],
    warnings: [],
    nextNodes: ["probe", "depth"],
  },
  {
    id: "asset-synthetic-3",
    name: "synthetic-scenes-3",
    type: "hdf5_dataset",
    sourceType: "generated",
    project: "models",
    gigabytes: 61.8,
    files: 24,
    paths: ["scenes-000.h5", "scenes-001.h5", "…"],
    formats: [["HDF5", 1]],
    warnings: [],
    nextNodes: ["probe", "encode"],
  },
  {
    id: "asset-cohort-blue",
    name: "cohort-blue-reads",
    type: "object_storage_prefix",
    sourceType: "object storage",
    project: "genomics",
    gigabytes: 742.5,
    files: 96,
    paths: ["lane-1/", "lane-2/", "lane-3/", "samples.tsv"],
    formats: [
      ["FASTQ (gzip)", 0.99],
      ["FASTA", 0.07],
    ],
    warnings: [{ severity: "warning", message: "2 files share a checksum", path: "lane-2/S14_R1.fastq.gz" }],
    nextNodes: ["probe", "trim"],
  },
  {
    id: "asset-panel-7",
    name: "variant-panel-7",
    type: "raw_file",
    sourceType: "upload",
    project: "genomics",
    gigabytes: 0.018,
    files: 1,
    paths: ["panel-7.bed"],
    formats: [["BED", 1]],
    warnings: [],
    nextNodes: ["annotate"],
  },
  {
    id: "asset-manuals",
    name: "product-manuals",
    type: "archive",
    sourceType: "upload",
    project: "models",
    gigabytes: 3.7,
    files: 1_840,
    paths: ["de/", "en/", "fr/", "index.csv"],
    formats: [
      ["PDF", 0.93],
      ["HTML", 0.31],
    ],
    warnings: [
      { severity: "error", message: "17 documents are encrypted and were passed over", path: "fr/" },
    ],
    nextNodes: ["probe", "split"],
  },
  {
    id: "asset-calls-q3",
    name: "support-calls-q3",
    type: "folder",
    sourceType: "object storage",
    project: "models",
    gigabytes: 128.9,
    files: 5_210,
    paths: ["2026-07/", "2026-08/", "2026-09/"],
    formats: [["Opus in Ogg", 1]],
    warnings: [{ severity: "info", message: "212 calls are shorter than 5 s" }],
    nextNodes: ["probe", "segment"],
  },
  {
    id: "asset-invoices",
    name: "scanned-invoices",
    type: "folder",
    sourceType: "upload",
    project: "platform",
    gigabytes: 8.2,
    files: 11_304,
    paths: ["2026/", "rejected/"],
    formats: [
      ["PDF", 0.88],
      ["TIFF", 0.4],
    ],
    warnings: [],
    nextNodes: ["probe", "render"],
  },
  {
    id: "asset-catalogue",
    name: "catalogue-export",
    type: "standard_dataset",
    sourceType: "object storage",
    project: "platform",
    gigabytes: 22.6,
    files: 288,
    paths: ["items-000.parquet", "items-001.parquet", "…"],
    formats: [["Parquet", 1]],
    warnings: [],
    nextNodes: ["probe", "normalise"],
  },
  {
    id: "asset-yard-scan",
    name: "yard-scan-new",
    type: "folder",
    sourceType: "upload",
    project: "platform",
    gigabytes: 14.1,
    files: 62,
    paths: ["scan-01.las", "scan-02.las", "…"],
    formats: [],
    warnings: [],
    nextNodes: [],
    pending: true,
  },
];

export interface DemoDataset {
  id: string;
  name: string;
  project: string;
  type: string;
  schema: string;
  assets: string[];
  /** Oldest first: tag, rows, and how long before the demo's present it was made. */
  versions: [tag: string, rows: number, daysAgo: number][];
}

/** The ids are those that the demo's runs name as their input. */
export const demoDatasets: readonly DemoDataset[] = [
  {
    id: "dataset-robot-grasp",
    name: "robot-grasp",
    project: "models",
    type: "episodes",
    schema: "episode/3",
    assets: ["asset-grasp-bags", "asset-grasp-video"],
    versions: [
      ["v10", 18_220, 61],
      ["v11", 21_904, 33],
      ["v12", 24_117, 11],
    ],
  },
  {
    id: "dataset-synthetic-3",
    name: "synthetic-3",
    project: "models",
    type: "scenes",
    schema: "scene/1",
    assets: ["asset-synthetic-3"],
    versions: [
      ["v1", 90_000, 40],
      ["v2", 120_000, 16],
    ],
  },
  {
    id: "dataset-cohort-blue",
    name: "cohort-blue",
    project: "genomics",
    type: "reads",
    schema: "fastq/1",
    assets: ["asset-cohort-blue"],
    versions: [
      ["2026-08", 41_200_400, 92],
      ["2026-09", 44_870_112, 60],
      ["2026-10", 47_003_977, 22],
    ],
  },
  {
    id: "dataset-panel-7",
    name: "panel-7",
    project: "genomics",
    type: "regions",
    schema: "bed/1",
    assets: ["asset-panel-7"],
    versions: [["v7", 412, 120]],
  },
  {
    id: "dataset-manuals",
    name: "manuals",
    project: "models",
    type: "documents",
    schema: "document/2",
    assets: ["asset-manuals"],
    versions: [
      ["v4", 1_611, 48],
      ["v5", 1_823, 9],
    ],
  },
  {
    id: "dataset-calls-q3",
    name: "calls-q3",
    project: "models",
    type: "audio",
    schema: "utterance/1",
    assets: ["asset-calls-q3"],
    versions: [
      ["v1", 4_980, 30],
      ["v2", 5_210, 12],
    ],
  },
  {
    id: "dataset-invoices",
    name: "invoices",
    project: "platform",
    type: "documents",
    schema: "document/2",
    assets: ["asset-invoices"],
    versions: [
      ["v21", 10_870, 20],
      ["v22", 11_304, 6],
    ],
  },
  {
    id: "dataset-catalogue",
    name: "catalogue",
    project: "platform",
    type: "items",
    schema: "item/5",
    assets: ["asset-catalogue"],
    versions: [
      ["v8", 2_604_118, 27],
      ["v9", 2_711_960, 8],
    ],
  },
];

export const versionId = (dataset: DemoDataset, tag: string) => `${dataset.id}@${tag}`;

/** What a run is bound to that was given a dataset: its newest version and the assets in it. */
export function boundTo(datasetId: string) {
  const dataset = demoDatasets.find(({ id }) => id === datasetId);
  const versionTag = dataset?.versions.at(-1)?.[0];
  const kind = "dataset" as const;
  if (!dataset || versionTag === undefined) return { binding: { kind, id: datasetId }, assetIds: [] };
  const { id, name, assets } = dataset;
  return {
    binding: { kind, id, name, versionTag, versionId: versionId(dataset, versionTag) },
    assetIds: assets,
  };
}
