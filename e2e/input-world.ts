import { randomBytes } from "node:crypto";
import { MongoClient } from "mongodb";
import type { Workspace } from "./people";

/* Assets and a dataset of a test. What registers them for a person is no part of the product yet. */

const mongo = new MongoClient(required("MONGODB_URI"), { promoteLongs: true });
const collection = (name: string) => mongo.db(required("MONGODB_DATABASE")).collection<{ _id: string }>(name);

export function closeInputWorld(): Promise<void> {
  return mongo.close();
}

export interface MadeDataset {
  id: string;
  name: string;
}

/** A dataset of two versions: the first from one asset, the second from two. */
export async function makeDataset({ id: workspaceId }: Workspace): Promise<MadeDataset> {
  const id = `dataset-${randomBytes(8).toString("hex")}`;
  const name = `grasp-${id.slice(8, 14)}`;
  const now = new Date();
  const common = { workspaceId, projectId: workspaceId, summary: {}, createdBy: "test", createdAt: now };
  const assetIds = ["left", "right"].map((side) => `${id}-${side}`);
  await collection("assets").insertMany(
    assetIds.map((_id) => ({
      ...common,
      _id,
      type: "rosbag",
      sourceType: "upload",
      displayName: `${name} ${_id.slice(id.length + 1)}`,
      status: "ready",
      storageRef: { bucket: null, key: _id, uri: null, checksum: null, contentType: null, sizeBytes: 1024 },
      sizeBytes: 1024,
      fileCount: 3,
      topLevelPaths: [],
      detectedFormats: [],
      updatedAt: now,
    })),
  );
  const version = (tag: string, its: string[]) => ({
    ...common,
    _id: `${id}@${tag}`,
    datasetId: id,
    sourceAssetId: its[0] ?? null,
    assetIds: its,
    parentVersionId: null,
    versionTag: tag,
    canonicalSchemaVersion: "1",
    manifestRef: null,
    stats: { rows: its.length * 10 },
    status: "ready",
  });
  await collection("dataset_versions").insertMany([
    version("v1", assetIds.slice(0, 1)),
    version("v2", assetIds),
  ]);
  await collection("datasets").insertOne({
    ...common,
    _id: id,
    name,
    type: "episodes",
    status: "active",
    latestVersionId: `${id}@v2`,
    updatedAt: now,
  } as { _id: string });
  return { id, name };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`npm run e2e\` starts the stores and sets it.`);
  return value;
}
