import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/query/fetch-json";
import type { EpisodeAddress } from "../query-options";
import { type ExportJobs, exportJobs, isUnfinished } from "./jobs/schema";

const exportEstimate = z.object({ rows: z.number(), exact: z.boolean(), bytes: z.number() });

const workspacePath = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}`;

/** Where an export comes from, written while one waits. */
export function exportPath({ workspace, episodeId }: EpisodeAddress, params: URLSearchParams): string {
  return `${workspacePath(workspace)}/logs/${encodeURIComponent(episodeId)}/export?${params}`;
}

/** Where the file of a finished export lies. */
export function exportFilePath(workspace: string, exportId: string): string {
  return `${workspacePath(workspace)}/exports/${exportId}/file`;
}

/** How many rows an export would have, and how large it would be. Null parameters: nothing can be asked for. */
export function estimateOptions(address: EpisodeAddress, params: URLSearchParams | null) {
  const wanted = new URLSearchParams(params ?? "");
  wanted.set("only", "estimate");
  return queryOptions({
    queryKey: ["logs", address.workspace, address.episodeId, "export-estimate", wanted.toString()],
    queryFn: ({ signal }) => fetchJson(exportPath(address, wanted), exportEstimate, signal),
    enabled: params !== null,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
}

export const exportsKey = (workspace: string) => ["exports", workspace];

/** One's own exports in the background; asked again while one of them is under way. */
export function exportsOptions(workspace: string) {
  return queryOptions<ExportJobs>({
    queryKey: exportsKey(workspace),
    queryFn: ({ signal }) => fetchJson(`${workspacePath(workspace)}/exports`, exportJobs, signal),
    refetchInterval: ({ state }) => (state.data?.exports.some(isUnfinished) ? 1_000 : false),
    staleTime: 5_000,
  });
}
