import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type LogPage, logPage } from "@/lib/logs/schema";
import { logQuery, logQueryParams } from "@/lib/logs/search/query";
import { FetchFailure, fetchJson } from "@/lib/query/fetch-json";
import { type LogWindow, windowOf, withNewer, withOlder } from "./log-window";
import type { LogStreamChoice } from "./run-page-params";

/** Which rows of a task's log are wanted, and where one begins to read. */
export interface WantedLog {
  workspace: string;
  episodeId: string;
  stream: LogStreamChoice;
  find: string;
  /** The row that a link is about; without it reading begins at the end. */
  line: string | null;
}

const rowsAtOnce = 1_000;
const followMs = 2_000;
/** Beyond every sequence number: "from the end backward". */
const lastPossible = "9223372036854775807";

const windowKey = ({ workspace, episodeId, stream, find, line }: WantedLog) =>
  ["logs", workspace, episodeId, "window", stream, find, line] as const;

/** The window on a task's log. It opens here; `readOlder` and `newerOptions` let it grow. */
export function logWindowOptions(wanted: WantedLog) {
  return queryOptions<LogWindow>({
    queryKey: windowKey(wanted),
    queryFn: async ({ signal }) => {
      const direction = wanted.line === null ? "backward" : "around";
      const page = await readPage(wanted, { from: wanted.line ?? lastPossible, direction }, signal);
      return windowOf(page, direction);
    },
    // The window itself is what was read so far; reading it anew would throw that away.
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    gcTime: 60_000,
    retry,
  });
}

/** Reads on. Followed while rows are still written; once more when they are not, for the last of them. */
export function newerOptions(wanted: WantedLog, live: boolean, enabled: boolean) {
  return queryOptions({
    queryKey: [...windowKey(wanted), "newer", live],
    queryFn: async ({ client, signal }) => {
      const window = client.getQueryData<LogWindow>(windowKey(wanted));
      if (!window) return null;
      const page = await readPage(wanted, { from: window.newer, direction: "forward" }, signal);
      grow(client, wanted, (known) => withNewer(known, page));
      return page.asOf;
    },
    enabled,
    refetchInterval: live ? followMs : false,
    staleTime: 0,
    gcTime: 0,
    retry,
  });
}

/** Reads further back; nothing when the beginning is there. */
export async function readOlder(client: QueryClient, wanted: WantedLog): Promise<void> {
  const from = client.getQueryData<LogWindow>(windowKey(wanted))?.older;
  if (!from) return;
  const page = await readPage(wanted, { from, direction: "backward" });
  grow(client, wanted, (known) => (known.older === from ? withOlder(known, page) : known));
}

function grow(client: QueryClient, wanted: WantedLog, by: (known: LogWindow) => LogWindow): void {
  client.setQueryData<LogWindow>(windowKey(wanted), (known) => known && by(known));
}

function readPage(
  { workspace, episodeId, stream, find }: WantedLog,
  { from, direction }: { from: string; direction: "forward" | "backward" | "around" },
  signal?: AbortSignal,
): Promise<LogPage> {
  const params = logQueryParams(
    logQuery.parse({
      text: find,
      metadata: stream === "all" ? [] : [{ path: "stream", op: "eq", value: stream }],
    }),
  );
  params.set("from", from);
  params.set("direction", direction);
  params.set("limit", String(rowsAtOnce));
  const place = `/api/w/${encodeURIComponent(workspace)}/logs/${encodeURIComponent(episodeId)}`;
  return fetchJson(`${place}/rows?${params}`, logPage, signal);
}

function retry(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof FetchFailure && error.lasting);
}
