import "server-only";
import type { PlatformScope } from "@/lib/auth/access";
import { bulkJobItems, bulkJobs } from "@/lib/mongo/collections/bulk-jobs";
import { acrossWorkspaces } from "@/lib/mongo/scoped";
import type { HeldJob } from "./lease";

/** Ends a job in nobody's name: the rights of whoever asked for it are gone, or their workspace is. */
export async function stopWithoutRights(platform: PlatformScope, job: HeldJob): Promise<void> {
  await acrossWorkspaces(platform, bulkJobItems).updateMany(
    { workspaceId: job.workspaceId, jobId: job._id, state: "waiting" },
    { $set: { state: "left" } },
  );
  await acrossWorkspaces(platform, bulkJobs).updateOne({ _id: job._id, leaseSeq: job.leaseSeq }, [
    {
      $set: {
        state: "stopped",
        message: "Whoever asked for this may no longer change runs here.",
        finishedAt: "$$NOW",
        updatedAt: "$$NOW",
        leaseExpiresAt: null,
      },
    },
  ]);
}
