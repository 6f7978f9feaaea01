import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/lib/query/fetch-json";

/** Things that need a person, per page. */
export const attentionCounts = z.object({
  runs: z.number().int(),
  archive: z.number().int(),
  asOf: z.iso.datetime(),
});
export type AttentionCounts = z.infer<typeof attentionCounts>;

const pollMs = 60_000;

export function attentionOptions(workspace: string) {
  return queryOptions({
    queryKey: ["runs", workspace, "attention"] as const,
    queryFn: ({ signal }) =>
      fetchJson(`/api/w/${encodeURIComponent(workspace)}/attention`, attentionCounts, signal),
    refetchInterval: pollMs,
    refetchOnWindowFocus: true,
  });
}
