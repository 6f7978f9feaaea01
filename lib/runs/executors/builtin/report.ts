import "server-only";
import { z } from "zod";
import { formatDuration, formatPlural } from "@/lib/format";
import { type UpstreamResult, upstreamResults } from "../../work/upstream";
import { configOf } from "../config";
import type { Executor, TaskWork } from "../executor";

const config = z.object({
  format: z.enum(["markdown", "json"]).default("markdown"),
  title: z.string().max(200).optional(),
});

const previewShown = 2_000;

/** Writes an artifact that sums up what the nodes before it made. */
export const reportNode: Executor = {
  async run(work) {
    const { scope, task, log, artifact } = work;
    const { format, title: given } = configOf(task, config);
    const upstream = await upstreamResults(scope, task);
    const title = given ?? task.artifactTitle ?? `Report of ${work.run.workflowName}`;
    const type = task.artifactType ?? "quality report";
    log("stdout", `Summing up ${formatPlural(upstream.length, "node")}`);
    const id =
      format === "json"
        ? await artifact({ type, title, json: reportOf(work, upstream) })
        : await artifact({
            type,
            title,
            body: markdownOf(title, work, upstream),
            contentType: "text/markdown; charset=utf-8",
          });
    log("stdout", `Wrote ${title} (artifact ${id})`);
    return { outcome: "succeeded", preview: { title, nodes: upstream.length, artifactId: id } };
  },
};

function reportOf({ run, task }: TaskWork, upstream: UpstreamResult[]) {
  return {
    run: { id: run._id, workflow: run.workflowName, inputBindings: run.inputBindings },
    assets: task.assetIds.length,
    nodes: upstream.map(({ nodeId, nodeName, status, durationMs, assetIds, artifactIds, preview }) => ({
      nodeId,
      nodeName,
      status,
      durationMs,
      assets: assetIds.length,
      artifactIds,
      preview,
    })),
  };
}

function markdownOf(title: string, { run, task }: TaskWork, upstream: UpstreamResult[]): string {
  const inputs = run.inputBindings.map(({ kind, id }) => `${kind} ${id}`).join(", ") || "none";
  const rows = upstream.map(
    ({ nodeName, status, durationMs, assetIds, artifactIds }) =>
      `| ${cell(nodeName)} | ${status} | ${durationMs === null ? "" : formatDuration(durationMs)} | ${assetIds.length} | ${artifactIds.length} |`,
  );
  const previews = upstream.flatMap(({ nodeName, preview }) =>
    preview === null
      ? []
      : [`## ${nodeName}\n\n\`\`\`json\n${JSON.stringify(preview, null, 2).slice(0, previewShown)}\n\`\`\``],
  );
  return [
    `# ${title}`,
    `Run \`${run._id}\` of ${run.workflowName}. Inputs: ${inputs}; ${formatPlural(task.assetIds.length, "asset")}.`,
    ["| node | status | took | assets | artifacts |", "|---|---|---|---|---|", ...rows].join("\n"),
    ...previews,
    "",
  ].join("\n\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
