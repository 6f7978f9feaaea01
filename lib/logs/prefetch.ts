import "server-only";
import type { QueryClient } from "@tanstack/react-query";
import type { WorkspaceScope } from "@/lib/auth/access";
import { explorerQuery, type QueryParams } from "./explorer-query";
import { histogramKey, mostBars } from "./histogram/query-options";
import { getEpisodeOverview, getHistogram, readLogPage } from "./queries";
import { type EpisodeAddress, logKeys, overviewBuckets, withPage } from "./query-options";
import type { EpisodeSummary, LogPage } from "./schema";
import { emptyPage, pageOf, pageRows, pagesFor, type RowPage, readRows } from "./view/row-page";

const halfScreen = 30;

type Opened = QueryParams & { seq: string | null; context: boolean };

/**
 * What the explorer shows first, read on the server so that the page arrives with rows in it. A read that fails is left
 * out: the browser asks again and says so if it fails there too.
 */
export async function prefetchEpisode(
  client: QueryClient,
  scope: WorkspaceScope,
  episode: EpisodeSummary,
  opened: Opened,
): Promise<void> {
  const { episodeId } = episode;
  const address: EpisodeAddress = { workspace: scope.workspaceSlug, episodeId };
  client.setQueryData(logKeys.summary(address), episode);
  const overview = client.prefetchQuery({
    queryKey: logKeys.overview(address),
    queryFn: () => getEpisodeOverview(scope, episodeId, overviewBuckets),
    retry: false,
  });
  const asked = explorerQuery(opened);
  const filtered = asked.filtered && !opened.context;
  const pages = filtered ? [] : firstPages(episode, opened.seq);
  const rows = pages.map((number) =>
    client.prefetchQuery({
      queryKey: logKeys.page(address, number),
      queryFn: () => readRows(emptyPage(number), (from) => readFrom(scope, episodeId, from)),
      retry: false,
    }),
  );
  await Promise.all([overview, prefetchBars(client, scope, address, asked.query.time), ...rows]);
  const read = pages.flatMap((number) => client.getQueryData<RowPage>(logKeys.page(address, number)) ?? []);
  client.setQueryData(logKeys.gaps(address), read.reduce(withPage, {}));
}

/** A range before now is another one in the browser, a moment later: it is asked for there. */
async function prefetchBars(
  client: QueryClient,
  scope: WorkspaceScope,
  address: EpisodeAddress,
  { from, to }: { from: string | null; to: string | null },
): Promise<void> {
  await client.prefetchQuery({
    queryKey: histogramKey(address, { since: from, until: to }),
    queryFn: () => getHistogram(scope, address.episodeId, { from, to, bars: mostBars, strays: "out" }),
    retry: false,
  });
}

/** The page of the permalink; else the end of what is still being written, or the start of what is not. */
function firstPages(episode: EpisodeSummary, seq: string | null): number[] {
  const total = Number(episode.nextSequenceNumber);
  if (total === 0) return [];
  if (seq !== null && Number(seq) < total) {
    // The row stands in the middle of the screen, so its neighbours may be on another page.
    const around = [Number(seq) - halfScreen, Number(seq) + halfScreen].map((near) =>
      Math.min(total - 1, Math.max(0, near)),
    );
    return pagesFor(around);
  }
  if (episode.ended) return [0];
  // A screen of the newest rows may begin on the page before the last.
  const last = pageOf(total - 1);
  return total % pageRows < pageRows / 2 && last > 0 ? [last - 1, last] : [last];
}

async function readFrom(scope: WorkspaceScope, episodeId: string, from: number): Promise<LogPage> {
  const page = await readLogPage(scope, episodeId, {
    from: String(from),
    direction: "forward",
    limit: pageRows,
    filter: { levels: [], text: "" },
  });
  if (!page) throw new Error(`The episode ${episodeId} vanished while it was read.`);
  return page;
}
