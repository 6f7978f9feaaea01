import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { EngineControl, S3Place } from "@/lib/faults/world";
import { dataDirAt } from "./documentdb/data-dir";
import { livePostmaster } from "./documentdb/postmaster";
import type { Home } from "./home";
import { isRunning } from "./lock.mjs";
import type { Services } from "./services";
import { readState } from "./state";

const backWithinMs = 60_000;

/** For faults: kills the servers of this profile, never those of an address given from outside. */
export function engineControl(home: Home, services: Services): EngineControl | null {
  if (!services.mongo) return null;
  /** Kills what answers at MONGODB_URI and waits until its watcher has put another in its place. */
  const killServer = async () => {
    const before = services.mongo?.id;
    if (before && isRunning(before)) process.kill(before.pid, "SIGKILL");
    const deadline = performance.now() + backWithinMs;
    while (services.mongo?.id.pid === before?.pid || !isRunning(services.mongo?.id)) {
      if (performance.now() > deadline) throw new Error("The document server did not come back");
      await delay(50);
    }
  };
  return {
    killBridge: killServer,
    killEngine: async () => {
      if (readState(home.dir).mongo?.kind !== "documentdb") return killServer();
      // The bridge starts it again when it next finds nobody there.
      const postmaster = livePostmaster(dataDirAt(path.join(home.dir, "documentdb")));
      if (postmaster) process.kill(postmaster.pid, "SIGKILL");
    },
  };
}

/** A bucket for one run, or null where there is no server. */
export async function s3ForFaults(endpoint: string | undefined): Promise<S3Place | null> {
  if (!endpoint) return null;
  const { credentials } = await import("@/lib/faults/stores");
  const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });
  const bucket = `strata-faults-${randomBytes(6).toString("hex")}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return { endpoint, bucket };
}
