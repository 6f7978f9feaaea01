"use client";

import { FailedState } from "@/components/ui/failed-state";
import { describeFailure } from "../describe-failure";
import { useTimeFormat } from "../explorer/use-time-format";
import { StreamChart } from "./stream-chart";
import type { StreamLogState } from "./use-stream-log";

/** Rows over time by level or by stream, above where they are stored. Drag to see a part; a click leads to its rows. */
export function StreamHistogram({ log }: { log: StreamLogState }) {
  const { data, error, refetch, isFetching } = log.histogram;
  return (
    <section aria-label="Rows over time" className="h-29 px-3 pt-2 max-md:h-24">
      {data && data.bars.length > 0 ? (
        <StreamChart log={log} data={data} />
      ) : error && !data ? (
        <FailedState
          className="px-0 py-2"
          title="The chart cannot be drawn"
          onRetry={() => void refetch()}
          retrying={isFetching}
        >
          {describeFailure(error)}
        </FailedState>
      ) : (
        <div className="h-full text-12 text-text-3">{data ? <NoRows log={log} /> : <ChartSkeleton />}</div>
      )}
    </section>
  );
}

/** An empty window says where the rows are. */
function NoRows({ log: { summary } }: { log: StreamLogState }) {
  const time = useTimeFormat();
  return (
    <p className="grid h-full place-items-center px-4 text-center">
      {summary.lastAt
        ? `No rows in this time. The last row was written at ${time.instant(summary.lastAt)}.`
        : "No stream has a row yet."}
    </p>
  );
}

function ChartSkeleton() {
  return (
    <div role="status" className="flex h-16 items-end gap-px border-line border-b max-md:h-12">
      <span className="sr-only">reading the chart</span>
      {Array.from({ length: 70 }, (_, bar) => (
        <span
          key={String(bar)}
          className="grow rounded-t-[1px] bg-hover"
          style={{ height: `${30 + ((bar * 37) % 45)}%` }}
        />
      ))}
    </div>
  );
}
