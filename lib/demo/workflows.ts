import type { DemoWorkflow, Stage } from "./workflow-graph";

/** `seconds` is how long a task of the stage usually takes; without `after` the stage begins the run. */
function stage(
  id: string,
  nodeType: string,
  runsOn: Stage["runsOn"],
  seconds: Stage["seconds"],
  more: Pick<Stage, "count" | "after"> = {},
): Stage {
  return { id, nodeType, runsOn, seconds, ...more };
}

/** Workflows of our own invention, from 6 to about 900 tasks. */
export const demoWorkflows: readonly DemoWorkflow[] = [
  {
    name: "genome-align",
    project: "genomics",
    everyHours: 6,
    datasets: ["dataset-cohort-blue"],
    stages: [
      stage("fetch-reads", "download", "docker", [40, 160], { count: 6 }),
      stage("trim", "trim", "docker", [60, 140], { count: 6, after: { "fetch-reads": "matching" } }),
      stage("build-index", "index", "docker", [90, 150]),
      stage("align", "align", "gpu", [180, 420], {
        count: 6,
        after: { trim: "matching", "build-index": "all" },
      }),
      stage("mark-duplicates", "dedupe", "docker", [40, 90], { count: 6, after: { align: "matching" } }),
      stage("call-variants", "variants", "docker", [120, 260], {
        count: 3,
        after: { "mark-duplicates": "matching" },
      }),
      stage("joint-genotype", "variants", "docker", [60, 120], { after: { "call-variants": "all" } }),
      stage("report", "report", "docker", [10, 25], { after: { "joint-genotype": "all", trim: "all" } }),
    ],
  },
  {
    name: "variant-panel",
    project: "genomics",
    everyHours: 12,
    datasets: ["dataset-panel-7"],
    stages: [
      stage("load-panel", "load", "docker", [8, 20]),
      stage("annotate", "annotate", "docker", [50, 110], { count: 4, after: { "load-panel": "all" } }),
      stage("score", "score", "docker", [30, 70], { count: 4, after: { annotate: "matching" } }),
      stage("merge-scores", "merge", "docker", [10, 20], { after: { score: "all" } }),
      stage("filter-rare", "filter", "docker", [6, 12], { after: { "merge-scores": "all" } }),
      stage("filter-common", "filter", "docker", [6, 12], { after: { "merge-scores": "all" } }),
      stage("publish", "publish", "docker", [5, 9], {
        after: { "filter-rare": "all", "filter-common": "all" },
      }),
    ],
  },
  {
    name: "nightly-train",
    project: "models",
    everyHours: 24,
    datasets: ["dataset-robot-grasp", "dataset-synthetic-3"],
    stages: [
      stage("snapshot", "load", "docker", [30, 60]),
      stage("encode-shard", "encode", "docker", [120, 300], { count: 8, after: { snapshot: "all" } }),
      stage("balance", "sample", "docker", [20, 40], { after: { "encode-shard": "all" } }),
      stage("train", "train", "gpu", [1500, 2600], { after: { balance: "all" } }),
      stage("evaluate", "evaluate", "gpu", [90, 200], { count: 4, after: { train: "all" } }),
      stage("compare", "compare", "docker", [10, 20], { after: { evaluate: "all" } }),
      stage("register", "publish", "docker", [4, 8], { after: { compare: "all" } }),
    ],
  },
  {
    name: "doc-embed",
    project: "models",
    everyHours: 4,
    datasets: ["dataset-manuals"],
    stages: [
      stage("list-sources", "load", "docker", [5, 15]),
      stage("crawl", "download", "docker", [30, 120], { count: 10, after: { "list-sources": "all" } }),
      stage("chunk", "split", "docker", [10, 30], { count: 10, after: { crawl: "matching" } }),
      stage("embed", "embed", "gpu", [60, 180], { count: 10, after: { chunk: "matching" } }),
      stage("upsert", "load", "docker", [15, 40], { count: 5, after: { embed: "matching" } }),
      stage("verify-index", "check", "docker", [20, 40], { after: { upsert: "all" } }),
      stage("swap-alias", "publish", "docker", [2, 5], { after: { "verify-index": "all" } }),
    ],
  },
  {
    name: "speech-label",
    project: "models",
    everyHours: 12,
    datasets: ["dataset-calls-q3"],
    stages: [
      stage("pull-audio", "download", "docker", [60, 90]),
      stage("segment", "split", "docker", [40, 80], { after: { "pull-audio": "all" } }),
      stage("transcribe", "infer", "gpu", [200, 500], { count: 5, after: { segment: "all" } }),
      stage("diarise", "infer", "gpu", [150, 260], { after: { segment: "all" } }),
      stage("align-text", "align", "docker", [30, 60], { after: { transcribe: "all", diarise: "all" } }),
      stage("redact", "filter", "docker", [15, 30], { after: { "align-text": "all" } }),
      stage("queue-review", "publish", "docker", [2, 4], { after: { redact: "all" } }),
    ],
  },
  {
    name: "fleet-telemetry",
    project: "platform",
    everyHours: 2,
    datasets: [],
    stages: [
      stage("read-stream", "load", "docker", [20, 40]),
      stage("parse", "parse", "docker", [30, 60], { count: 2, after: { "read-stream": "all" } }),
      stage("roll-up", "merge", "docker", [15, 30], { after: { parse: "all" } }),
      stage("detect-drift", "check", "docker", [8, 20], { after: { "roll-up": "all" } }),
      stage("store", "publish", "docker", [5, 10], { after: { "roll-up": "all" } }),
    ],
  },
  {
    name: "invoice-extract",
    project: "platform",
    everyHours: 3,
    datasets: ["dataset-invoices"],
    stages: [
      stage("collect", "load", "docker", [10, 20]),
      stage("render", "convert", "docker", [20, 50], { count: 3, after: { collect: "all" } }),
      stage("read-fields", "infer", "gpu", [40, 90], { count: 3, after: { render: "matching" } }),
      stage("reconcile", "check", "docker", [10, 25], { after: { "read-fields": "all", collect: "all" } }),
      stage("post", "publish", "docker", [3, 8], { after: { reconcile: "all" } }),
    ],
  },
  {
    name: "robot-replay",
    project: "models",
    everyHours: 24,
    datasets: ["dataset-robot-grasp"],
    stages: [
      stage("unpack-bag", "download", "docker", [60, 120], { count: 4 }),
      stage("sync-clocks", "align", "docker", [20, 40], { count: 4, after: { "unpack-bag": "matching" } }),
      stage("replay", "simulate", "gpu", [100, 320], { count: 16, after: { "sync-clocks": "matching" } }),
      stage("depth", "infer", "gpu", [60, 150], { count: 16, after: { replay: "matching" } }),
      stage("grasp-score", "score", "docker", [15, 45], {
        count: 16,
        after: { depth: "matching", replay: "matching" },
      }),
      stage("summarise", "merge", "docker", [10, 20], { count: 2, after: { "grasp-score": "matching" } }),
      stage("gate", "check", "docker", [5, 10], { after: { summarise: "all" } }),
      stage("publish-report", "report", "docker", [5, 15], { after: { gate: "all" } }),
    ],
  },
  {
    name: "catalogue-backfill",
    project: "platform",
    everyHours: 84,
    datasets: ["dataset-catalogue"],
    stages: [
      stage("plan", "load", "docker", [10, 20]),
      stage("export", "download", "docker", [30, 60], { count: 24, after: { plan: "all" } }),
      stage("normalise", "convert", "docker", [10, 40], { count: 288, after: { export: "matching" } }),
      stage("thumbnail", "render", "gpu", [8, 30], { count: 288, after: { normalise: "matching" } }),
      stage("classify", "infer", "gpu", [12, 45], { count: 288, after: { normalise: "matching" } }),
      stage("merge-shard", "merge", "docker", [20, 40], {
        count: 12,
        after: { thumbnail: "matching", classify: "matching" },
      }),
      stage("publish", "publish", "docker", [10, 20], { after: { "merge-shard": "all" } }),
    ],
  },
];

/** What runs in the neighbouring workspace, which shares people but no data with the demo's. */
export const neighbourWorkflows: readonly DemoWorkflow[] = [
  {
    name: "lidar-sweep",
    project: "perception",
    everyHours: 14,
    datasets: ["dataset-pier-4"],
    stages: [
      stage("ingest-scan", "load", "docker", [30, 60], { count: 2 }),
      stage("register-clouds", "align", "gpu", [120, 240], { after: { "ingest-scan": "all" } }),
      stage("segment-ground", "infer", "gpu", [60, 120], { after: { "register-clouds": "all" } }),
      stage("track-objects", "infer", "gpu", [90, 160], { after: { "register-clouds": "all" } }),
      stage("export-map", "publish", "docker", [10, 20], {
        after: { "segment-ground": "all", "track-objects": "all" },
      }),
    ],
  },
];
