"use client";

import { useMemo, useRef, useState } from "react";
import { FailedState } from "@/components/ui/failed-state";
import { differs, lineKey, type Places } from "@/lib/logs/compare/aligned-page";
import type { Comparison } from "@/lib/logs/compare/schema";
import { templateKeys } from "@/lib/logs/compare/template-keys";
import { describeFailure } from "../describe-failure";
import { PairedRow, pairColumns, type Starts } from "./paired-row";
import { PanesHead } from "./panes-head";
import { PanesSkeleton } from "./panes-skeleton";
import { TimeSpine } from "./time-spine";
import { useAlignedRows } from "./use-aligned-rows";
import { useDifferenceWalk } from "./use-difference-walk";
import { lineHeight, lineOfWish, useLineWindow, type Wish } from "./use-line-window";

interface SideBySideProps {
  workspace: string;
  comparison: Comparison;
  /** The next row of either side: where the panes stand first. */
  at: Places;
  onPlace: (places: Places) => void;
}

/** Both streams as two panes that scroll as one: equal templates beside each other, holes where one side has nothing. */
export function SideBySide({ workspace, comparison, at, onPlace }: SideBySideProps) {
  const { a, b, asOf } = comparison;
  const keyOf = useMemo(() => templateKeys(comparison), [comparison]);
  const rows = useAlignedRows({ workspace, a: a.episodeId, b: b.episodeId, keyOf, asOf, at });
  const lines = useMemo(() => rows.data?.pages.flatMap((page) => page.lines) ?? [], [rows.data]);
  const [wish, setWish] = useState<Wish>({ places: at });
  const { walk, walking, note } = useDifferenceWalk({ rows, onFound: setWish });
  const scroller = useRef<HTMLTableElement>(null);
  const view = useLineWindow(scroller, {
    lines,
    wish,
    onNear: ({ start, end }) => {
      // After a failure somebody has to ask again; by itself it would ask without end.
      if (rows.isFetching || rows.error) return;
      if (end && rows.hasNextPage) void rows.fetchNextPage();
      else if (start && rows.hasPreviousPage) void rows.fetchPreviousPage();
    },
  });
  const current = lineOfWish(lines, wish);
  // A walk goes on from the difference it came to while that is on screen, else from what is.
  const from = current >= view.first && current <= view.last ? current : view.first;
  const starts: Starts = { a: startOf(a.firstAt), b: startOf(b.firstAt) };

  if (rows.error && !rows.data) {
    return (
      <FailedState
        title="The rows cannot be read"
        onRetry={() => void rows.refetch()}
        retrying={rows.isFetching}
      >
        <p>{describeFailure(rows.error)}</p>
      </FailedState>
    );
  }
  return (
    <section aria-label="Side by side" className="flex min-h-0 grow flex-col">
      <TimeSpine
        workspace={workspace}
        comparison={comparison}
        seen={lines.slice(view.first, view.last + 1)}
        onPlace={onPlace}
      />
      <PanesHead
        walking={walking}
        note={note}
        failure={rows.error}
        onRetry={() => void (rows.hasNextPage ? rows.fetchNextPage() : rows.fetchPreviousPage())}
        onWalk={(direction) => void walk(lines[from], direction)}
      />
      {rows.isPending && <PanesSkeleton />}
      <table
        ref={scroller}
        onScroll={view.onScroll}
        {...scrollable}
        aria-label={`${a.episodeId} beside ${b.episodeId}`}
        aria-rowcount={rows.hasNextPage || rows.hasPreviousPage ? -1 : lines.length}
        aria-busy={rows.isFetching}
        hidden={rows.isPending}
        className="focus-inset mono relative block min-h-60 grow overflow-x-hidden overflow-y-auto tracking-[-0.012em] [overflow-anchor:none] [&[hidden]]:hidden"
      >
        <tbody className="relative block" style={{ height: lines.length * lineHeight }}>
          {lines.slice(view.drawnFirst, view.drawnLast + 1).map((line, index) => {
            const number = view.drawnFirst + index;
            return (
              <tr
                key={lineKey(line)}
                aria-rowindex={number + 1}
                data-differs={differs(line) || undefined}
                data-current={number === current || undefined}
                className={pairColumns}
                style={{ top: number * lineHeight }}
              >
                <PairedRow line={line} starts={starts} current={number === current && differs(line)} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Both panes are one scroller, so they cannot come apart, and one stop of the Tab key. */
const scrollable = { role: "table", tabIndex: 0 };

const startOf = (at: string | null) => (at === null ? null : Date.parse(at));
