import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import { second } from "@/lib/time";
import { type BulkTarget, bulkJobDetail, bulkJobPage, bulkPreview } from "./schema";
import { type BulkParams, bulkQuery } from "./search-params";

const busyPollMs = second;
const quietPollMs = 15 * second;

const place = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}/runs/bulk`;

/** Counted anew each time a dialog opens: what it promises must be of now. */
export function bulkPreviewOptions(workspace: string, target: BulkTarget) {
  return queryOptions({
    queryKey: ["runs", workspace, "bulk-preview", target] as const,
    queryFn: ({ signal }) => fetchJson(`${place(workspace)}/preview`, bulkPreview, signal, target),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: 1,
  });
}

export function bulkJobsOptions(workspace: string, cursor: string | null) {
  return queryOptions({
    queryKey: ["runs", workspace, "bulk", cursor] as const,
    queryFn: ({ signal }) => fetchJson(`${place(workspace)}${bulkQuery({ cursor })}`, bulkJobPage, signal),
    refetchInterval: ({ state }) =>
      state.data?.jobs.some(({ finishedAt }) => finishedAt === null) ? 2 * busyPollMs : quietPollMs,
  });
}

/** Followed until it is over. */
export function bulkJobOptions(workspace: string, jobId: string, params: BulkParams) {
  return queryOptions({
    queryKey: ["runs", workspace, "bulk-job", jobId, params] as const,
    queryFn: ({ signal }) =>
      fetchJson(
        `${place(workspace)}/${encodeURIComponent(jobId)}${bulkQuery(params)}`,
        bulkJobDetail,
        signal,
      ),
    refetchInterval: ({ state }) => (state.data?.job.finishedAt ? false : busyPollMs),
  });
}
