import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/query/fetch-json";
import {
  type EpisodeActs,
  episodeActs,
  type Restore,
  type RestoreList,
  restoreList,
  restorePreview,
  retentionPreview,
  sweepPreview,
} from "./schema";

/** An episode as the browser names it: the workspace by its slug. */
export interface EpisodePlace {
  workspace: string;
  episodeId: string;
}

/** What is to be restored: numbers, or the time the rows say. */
export type RestoreWish = { from: string; to: string } | { since: string; until: string };

const inWorkspace = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}`;
const ofEpisode = ({ workspace, episodeId }: EpisodePlace) =>
  `${inWorkspace(workspace)}/logs/${encodeURIComponent(episodeId)}`;

export const actKeys = {
  acts: ({ workspace, episodeId }: EpisodePlace) => ["archive", workspace, "acts", episodeId] as const,
  restores: ({ workspace, episodeId }: EpisodePlace) =>
    ["archive", workspace, "restores", episodeId] as const,
};

/** Read anew whenever a form opens: what is agreed to is what is there. */
export function actsOptions(place: EpisodePlace, shown: EpisodeActs) {
  return queryOptions({
    queryKey: actKeys.acts(place),
    queryFn: ({ signal }) => fetchJson(`${ofEpisode(place)}/acts`, episodeActs, signal),
    placeholderData: shown,
    staleTime: 0,
    gcTime: 0,
  });
}

const whileCopyingMs = 1_500;
/** One that is there ends some time. */
const whileReadyMs = 20_000;

/** Restores of an episode, asked for again as long as one is on its way or there. */
export function restoresOptions(place: EpisodePlace, shown?: RestoreList) {
  return queryOptions({
    queryKey: actKeys.restores(place),
    queryFn: ({ signal }) => fetchJson(`${ofEpisode(place)}/restores`, restoreList, signal),
    initialData: shown,
    refetchInterval: ({ state }) =>
      isAny(state.data, "copying") ? whileCopyingMs : isAny(state.data, "ready") ? whileReadyMs : false,
  });
}

function isAny(list: RestoreList | undefined, state: Restore["state"]): boolean {
  return list?.restores.some((one) => one.state === state) ?? false;
}

export function restorePreviewOptions(place: EpisodePlace, wish: RestoreWish) {
  return queryOptions({
    queryKey: ["archive", place.workspace, "restore-preview", place.episodeId, wish],
    queryFn: ({ signal }) =>
      fetchJson(`${ofEpisode(place)}/restores?${new URLSearchParams({ ...wish })}`, restorePreview, signal),
    staleTime: 0,
    retry: false,
  });
}

export function sweepPreviewOptions(workspace: string) {
  return queryOptions({
    queryKey: ["archive", workspace, "sweep"],
    queryFn: ({ signal }) => fetchJson(`${inWorkspace(workspace)}/archive/sweep`, sweepPreview, signal),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** Null keeps archived logs for ever. */
export function retentionPreviewOptions(workspace: string, days: number | null) {
  return queryOptions({
    queryKey: ["archive", workspace, "retention", days],
    queryFn: ({ signal }) =>
      fetchJson(`${inWorkspace(workspace)}/archive/retention?days=${days ?? ""}`, retentionPreview, signal),
    staleTime: 0,
    retry: false,
  });
}

export const scrubAddress = (place: EpisodePlace) => `${ofEpisode(place)}/scrub`;
