"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { FailedState } from "@/components/ui/failed-state";
import { FetchFailure } from "@/lib/query/fetch-json";

interface PaneFailedProps {
  title: string;
  query: Pick<UseQueryResult, "error" | "refetch" | "isFetching">;
}

/** A part of the page that could not be read; the rest of it stays. */
export function PaneFailed({ title, query }: PaneFailedProps) {
  const { error, refetch, isFetching } = query;
  return (
    <FailedState
      title={title}
      requestId={error instanceof FetchFailure ? error.requestId : null}
      onRetry={() => void refetch()}
      retrying={isFetching}
      className="px-4"
    >
      {error?.message}
    </FailedState>
  );
}
