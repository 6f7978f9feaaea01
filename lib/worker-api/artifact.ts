import "server-only";
import { createHash } from "node:crypto";
import type { WorkspaceScope } from "@/lib/auth/access";
import { AppError } from "@/lib/errors";
import { admitted } from "@/lib/logs/admission";
import { runTasks } from "@/lib/mongo/collections/runs";
import { scoped } from "@/lib/mongo/scoped";
import { mostArtifactBytes, saveArtifact } from "@/lib/runs/work/artifacts";
import { parsed, readBytes } from "./read-json";
import { lostTask } from "./route";
import { artifactQuery } from "./schema";

/** Stores what a worker made. It is seen once the completion that names it is accepted. */
export async function receiveArtifact(
  scope: WorkspaceScope,
  request: Request,
): Promise<{ artifactId: string }> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { task: taskId, fence, name, type, title = name } = parsed(artifactQuery, query);
  const expected = request.headers.get("x-content-sha256")?.toLowerCase() ?? null;
  if (expected !== null && !/^[0-9a-f]{64}$/.test(expected))
    throw new AppError("bad_input", "X-Content-SHA256: 64 hexadecimal digits are wanted.");
  return admitted(scope, request, async (admission) => {
    const body = await readBytes(request, mostArtifactBytes);
    admission.hold(body.byteLength);
    if (expected !== null && createHash("sha256").update(body).digest("hex") !== expected)
      throw new AppError("bad_input", "X-Content-SHA256: other bytes arrived. Send the artifact again.");
    const task = await scoped(scope)
      .collection(runTasks)
      .findOne(
        { _id: taskId, status: "running", fence },
        { projection: { fence: 1, workflowRunId: 1, projectId: 1, nodeId: 1, assetIds: 1 } },
      );
    if (!task) throw lostTask();
    const contentType = request.headers.get("content-type") ?? "application/octet-stream";
    return { artifactId: await saveArtifact(scope, task, { type, title, name, body, contentType }) };
  });
}
