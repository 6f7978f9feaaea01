import { isServer, QueryClient } from "@tanstack/react-query";

let inBrowser: QueryClient | undefined;

/** One client for the life of the tab; on the server a new one for each request, so nothing leaks between people. */
export function queryClient(): QueryClient {
  if (isServer) return makeQueryClient();
  inBrowser ??= makeQueryClient();
  return inBrowser;
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // What the server rendered moments ago is not asked for again at once; a failing store is asked twice, not hammered.
      queries: { staleTime: 60_000, retry: 1, refetchOnWindowFocus: false },
    },
  });
}
