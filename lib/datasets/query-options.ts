import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import { type Choice, inputOptions, resolvedInputs } from "./schema";

export const inputKeys = {
  search: (workspace: string, text: string) => ["inputs", workspace, "search", text] as const,
  resolved: (workspace: string, chosen: readonly Choice[]) =>
    ["inputs", workspace, "resolved", JSON.stringify(chosen)] as const,
};

/** What can be chosen; while one types, the list of before stays. */
export function inputSearchOptions(workspace: string, text: string) {
  return queryOptions({
    queryKey: inputKeys.search(workspace, text),
    queryFn: ({ signal }) =>
      fetchJson(
        `/api/w/${encodeURIComponent(workspace)}/inputs?q=${encodeURIComponent(text)}`,
        inputOptions,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function resolvedInputsOptions(workspace: string, chosen: readonly Choice[]) {
  const asked = encodeURIComponent(JSON.stringify(chosen));
  return queryOptions({
    queryKey: inputKeys.resolved(workspace, chosen),
    queryFn: ({ signal }) =>
      fetchJson(
        `/api/w/${encodeURIComponent(workspace)}/inputs/resolve?inputs=${asked}`,
        resolvedInputs,
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}
