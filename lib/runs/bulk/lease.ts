import "server-only";
import type { PlatformScope, WorkspaceScope } from "@/lib/auth/access";
import { type BulkJob, bulkJobs } from "@/lib/mongo/collections/bulk-jobs";
import { acrossWorkspaces, scoped } from "@/lib/mongo/scoped";

/** After this long without a sign of its worker, another one goes on with a job. */
const leaseSeconds = 15;
const expiry = { $dateAdd: { startDate: "$$NOW", unit: "second", amount: leaseSeconds } };
const open = { state: { $in: ["listing", "acting"] } } as const;

/** A job that this worker holds; whoever takes it later has a higher number. */
export type HeldJob = BulkJob & { _id: string; workspaceId: string };

/** Takes the oldest job that nobody works on. The database's clock decides whether a lease is over. */
export async function claimBulkJob(platform: PlatformScope): Promise<HeldJob | null> {
  const jobs = acrossWorkspaces(platform, bulkJobs);
  const free = await jobs
    .aggregate<{ _id: string; leaseSeq: number }>([
      { $match: { state: { $in: ["listing", "acting"] } } },
      { $sort: { createdAt: 1 } },
      { $limit: 200 },
      {
        $project: {
          leaseSeq: 1,
          isFree: {
            $or: [{ $eq: ["$leaseExpiresAt", null] }, { $lt: ["$leaseExpiresAt", "$$NOW"] }],
          },
        },
      },
      { $match: { isFree: true } },
    ])
    .toArray();
  for (const { _id, leaseSeq } of free) {
    const job = await jobs.findOneAndUpdate(
      { _id, leaseSeq, state: { $in: ["listing", "acting"] } },
      [
        {
          $set: {
            leaseSeq: { $add: ["$leaseSeq", 1] },
            leaseExpiresAt: expiry,
            startedAt: { $ifNull: ["$startedAt", "$$NOW"] },
            updatedAt: "$$NOW",
          },
        },
      ],
      { returnDocument: "after" },
    );
    if (job) return job;
  }
  return null;
}

/** Puts the end of the lease off: "lost" when another worker has the job, "aborted" when a person wants it stopped. */
export async function keepBulkJob(
  scope: WorkspaceScope,
  { _id, leaseSeq }: Pick<HeldJob, "_id" | "leaseSeq">,
): Promise<"held" | "lost" | "aborted"> {
  const job = await scoped(scope)
    .collection(bulkJobs)
    .findOneAndUpdate({ _id, leaseSeq, ...openStates() }, [{ $set: { leaseExpiresAt: expiry } }], {
      projection: { abortRequestedAt: 1 },
      returnDocument: "after",
    });
  if (!job) return "lost";
  return job.abortRequestedAt === null ? "held" : "aborted";
}

/** Writes to a job as its holder; false when somebody else holds it by now. */
export async function writeAsHolder(
  scope: WorkspaceScope,
  { _id, leaseSeq }: Pick<HeldJob, "_id" | "leaseSeq">,
  values: Partial<Pick<BulkJob, "state" | "cursor" | "itemCount" | "counts" | "message">>,
  { ends = false } = {},
): Promise<boolean> {
  const literal = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { $literal: value }]),
  );
  const { matchedCount } = await scoped(scope)
    .collection(bulkJobs)
    .updateOne({ _id, leaseSeq, ...openStates() }, [
      {
        $set: {
          ...literal,
          updatedAt: "$$NOW",
          ...(ends ? { finishedAt: "$$NOW", leaseExpiresAt: null } : { leaseExpiresAt: expiry }),
        },
      },
    ]);
  return matchedCount > 0;
}

/** Lets a job go that another worker may take at once: this process is told to stop. */
export async function releaseBulkJob(
  scope: WorkspaceScope,
  { _id, leaseSeq }: Pick<HeldJob, "_id" | "leaseSeq">,
): Promise<void> {
  await scoped(scope)
    .collection(bulkJobs)
    .updateOne({ _id, leaseSeq }, { $set: { leaseExpiresAt: null } });
}

const openStates = () => ({ state: { $in: [...open.state.$in] } });
